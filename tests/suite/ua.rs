//! PDF/UA-1 (ISO 14289-1), as far as it can be read from the file, by another
//! program than the one that claims it.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The standard structure types of PDF 1.7 (ISO 32000-1, 14.8.4).
const STANDARD: &[&str] = &[
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
    "Private",
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "THead",
    "TBody",
    "TFoot",
    "Span",
    "Quote",
    "Note",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Ruby",
    "RB",
    "RT",
    "RP",
    "Warichu",
    "WT",
    "WP",
    "Figure",
    "Formula",
    "Form",
];

/// What may stand directly in what; elements not named may hold anything.
const CHILDREN: &[(&str, &[&str])] = &[
    ("Table", &["TR", "THead", "TBody", "TFoot", "Caption"]),
    ("THead", &["TR"]),
    ("TBody", &["TR"]),
    ("TFoot", &["TR"]),
    ("TR", &["TH", "TD"]),
    // Nested lists too, by ISO/TS 32005.
    ("L", &["LI", "Caption", "L"]),
    ("LI", &["Lbl", "LBody"]),
    ("TOC", &["TOCI", "TOC", "Caption"]),
];

/// What must stand directly in one of these.
const PARENTS: &[(&str, &[&str])] = &[
    ("TR", &["Table", "THead", "TBody", "TFoot"]),
    ("THead", &["Table"]),
    ("TBody", &["Table"]),
    ("TH", &["TR"]),
    ("TD", &["TR"]),
    ("LI", &["L"]),
    ("LBody", &["LI"]),
    ("TOCI", &["TOC"]),
];

/// A PDF and what is wrong with it.
struct Check<'d> {
    pdf: &'d Document,
    faults: Vec<String>,
    /// How often each kind of element is there.
    seen: BTreeMap<String, usize>,
    /// The level of the last heading.
    level: usize,
    /// Marked content that the tree holds: of which page (or form) and which.
    held: BTreeSet<(ObjectId, i64)>,
    /// Annotations that the tree holds.
    annotations: BTreeSet<ObjectId>,
    notes: BTreeSet<Vec<u8>>,
}

impl<'d> Check<'d> {
    fn get(&self, dictionary: &'d Dictionary, key: &str) -> Option<&'d Object> {
        let object = dictionary.get(key.as_bytes()).ok()?;
        Some(self.pdf.dereference(object).unwrap().1)
    }

    fn dictionary(&self, dictionary: &'d Dictionary, key: &str) -> Option<&'d Dictionary> {
        self.get(dictionary, key)?.as_dict().ok()
    }

    fn fault(&mut self, fault: impl Into<String>) {
        self.faults.push(fault.into());
    }

    fn want(&mut self, holds: bool, fault: &str) {
        if !holds {
            self.fault(fault);
        }
    }

    /// The document as a whole.
    fn catalog(&mut self) {
        let catalog = self.pdf.catalog().unwrap();
        let lang = self.get(catalog, "Lang");
        self.want(
            lang.and_then(|lang| lang.as_str().ok())
                .is_some_and(|lang| !lang.is_empty()),
            "no language",
        );
        let is =
            |object: Option<&Object>, wanted| object.and_then(|o| o.as_bool().ok()) == Some(wanted);
        let marked = self.dictionary(catalog, "MarkInfo");
        let marked_flag = marked.and_then(|marked| self.get(marked, "Marked"));
        self.want(is(marked_flag, true), "not marked as tagged");
        let suspects = marked.and_then(|marked| self.get(marked, "Suspects"));
        self.want(!is(suspects, true), "tags are suspect");
        let preferences = self.dictionary(catalog, "ViewerPreferences");
        let title = preferences.and_then(|preferences| self.get(preferences, "DisplayDocTitle"));
        self.want(is(title, true), "the title is not shown");
        let metadata = self
            .get(catalog, "Metadata")
            .map(|xmp| xmp.as_stream().unwrap());
        let xmp = metadata
            .map(|xmp| String::from_utf8_lossy(&xmp.content).into_owned())
            .unwrap_or_default();
        self.want(
            xmp.contains("<pdfuaid:part>1</pdfuaid:part>"),
            "PDF/UA-1 is not claimed",
        );
        self.want(xmp.contains("<dc:title>"), "no title");
        for key in ["AcroForm", "AA", "OpenAction"] {
            self.want(!catalog.has(key.as_bytes()), "it acts by itself");
        }
    }

    /// The structure tree.
    fn tree(&mut self) {
        let catalog = self.pdf.catalog().unwrap();
        let Some(root) = self.dictionary(catalog, "StructTreeRoot") else {
            return self.fault("no structure tree");
        };
        self.want(root.has(b"ParentTree"), "no parent tree");
        let roles = self.dictionary(root, "RoleMap");
        let children = self.kids(root);
        for child in children {
            self.element(child, "", roles, None);
        }
    }

    fn kids(&self, element: &'d Dictionary) -> Vec<&'d Object> {
        match element.get(b"K").ok() {
            None => Vec::new(),
            Some(Object::Array(kids)) => kids.iter().collect(),
            Some(kid) => match self.pdf.dereference(kid).unwrap().1 {
                Object::Array(kids) => kids.iter().collect(),
                _ => vec![kid],
            },
        }
    }

    fn element(
        &mut self,
        object: &'d Object,
        parent: &str,
        roles: Option<&'d Dictionary>,
        page: Option<ObjectId>,
    ) {
        let element = match self.pdf.dereference(object).unwrap().1 {
            Object::Integer(id) => {
                let page = page.expect("marked content is on a page");
                return self.want_held(page, *id);
            }
            Object::Dictionary(element) => element,
            other => return self.fault(format!("{other:?} in the tree")),
        };
        let reference = |key: &[u8]| element.get(key).and_then(Object::as_reference).ok();
        let page = reference(b"Pg").or(page);
        match element.get(b"Type").and_then(Object::as_name) {
            Ok(b"MCR") => {
                let id = element.get(b"MCID").and_then(Object::as_i64).unwrap();
                return self.want_held(reference(b"Stm").or(page).unwrap(), id);
            }
            Ok(b"OBJR") => {
                let annotation = reference(b"Obj").unwrap();
                let first = self.annotations.insert(annotation);
                self.want(first, "an annotation is there twice");
                return self.want(parent == "Link", "an annotation outside of a link");
            }
            _ => {}
        }
        let kind = element.get(b"S").and_then(Object::as_name).unwrap();
        let mut kind = String::from_utf8_lossy(kind).into_owned();
        if let Some(role) = roles.and_then(|roles| self.get(roles, &kind)) {
            assert!(
                !STANDARD.contains(&kind.as_str()),
                "{kind} means something else"
            );
            kind = String::from_utf8_lossy(role.as_name().unwrap()).into_owned();
        }
        self.want(
            STANDARD.contains(&kind.as_str()),
            &format!("{kind} is no standard type"),
        );
        *self.seen.entry(kind.clone()).or_default() += 1;
        self.nests(&kind, parent);
        self.rules(element, &kind);
        let kids = self.kids(element);
        for kid in kids {
            self.element(kid, &kind, roles, page);
        }
    }

    fn want_held(&mut self, page: ObjectId, id: i64) {
        let first = self.held.insert((page, id));
        self.want(first, "content is in the tree twice");
    }

    fn nests(&mut self, kind: &str, parent: &str) {
        let find = |table: &[(&str, &'static [&'static str])], name: &str| {
            table
                .iter()
                .find(|(of, _)| *of == name)
                .map(|(_, all)| *all)
        };
        if let Some(allowed) = find(CHILDREN, parent) {
            self.want(allowed.contains(&kind), &format!("{kind} in {parent}"));
        }
        if let Some(allowed) = find(PARENTS, kind) {
            self.want(allowed.contains(&parent), &format!("{kind} in {parent}"));
        }
    }

    /// What an element must have.
    fn rules(&mut self, element: &'d Dictionary, kind: &str) {
        let has_text = |key: &[u8]| {
            let text = element.get(key).and_then(Object::as_str);
            text.is_ok_and(|text| !text.is_empty())
        };
        match kind {
            "Figure" | "Formula" => self.want(
                has_text(b"Alt") || has_text(b"ActualText"),
                "a figure without words",
            ),
            "Note" => {
                let id = element
                    .get(b"ID")
                    .and_then(Object::as_str)
                    .unwrap_or_default()
                    .to_vec();
                self.want(!id.is_empty(), "a note without an id");
                let first = self.notes.insert(id);
                self.want(first, "two notes with one id");
            }
            "TH" => {
                let scope = self.attribute(element, "Scope");
                let scope = scope
                    .and_then(|scope| scope.as_name().ok())
                    .unwrap_or_default();
                self.want(
                    [&b"Row"[..], b"Column", b"Both"].contains(&scope),
                    "a head cell without a scope",
                );
            }
            "Link" => {
                let kids = self.kids(element);
                let objects = kids.iter().filter(|kid| {
                    let kid = self.pdf.dereference(kid).unwrap().1.as_dict();
                    kid.is_ok_and(|kid| kid.has_type(b"OBJR"))
                });
                let count = objects.count();
                self.want(count > 0, "a link that does not link");
                self.want(kids.len() > count, "a link without text");
            }
            "H" => self.fault("a heading without a level"),
            _ => {}
        }
        if let Some(level) = kind
            .strip_prefix('H')
            .and_then(|level| level.parse::<usize>().ok())
        {
            self.want(
                level <= self.level + 1,
                &format!("H{level} after H{}", self.level),
            );
            self.level = level;
        }
    }

    fn attribute(&self, element: &'d Dictionary, name: &str) -> Option<&'d Object> {
        match self.get(element, "A")? {
            Object::Dictionary(attributes) => self.get(attributes, name),
            Object::Array(all) => all.iter().find_map(|attributes| {
                let attributes = self.pdf.dereference(attributes).unwrap().1.as_dict().ok()?;
                self.get(attributes, name)
            }),
            _ => None,
        }
    }

    /// What is drawn is in the tree or an artifact; annotations are links that
    /// say where they lead.
    fn pages(&mut self) {
        for id in self.pdf.get_pages().into_values() {
            let page = self.pdf.get_dictionary(id).unwrap();
            let content = self.pdf.get_page_content(id);
            self.content(&content, id, page);
            let Some(annotations) = self.get(page, "Annots") else {
                continue;
            };
            let tabs = page.get(b"Tabs").and_then(Object::as_name);
            self.want(
                tabs.is_ok_and(|tabs| tabs == b"S"),
                "tabs do not follow the structure",
            );
            for reference in annotations.as_array().unwrap() {
                let held = self
                    .annotations
                    .contains(&reference.as_reference().unwrap());
                self.want(held, "an annotation that is not in the tree");
                let link = self
                    .pdf
                    .dereference(reference)
                    .unwrap()
                    .1
                    .as_dict()
                    .unwrap();
                let kind = link.get(b"Subtype").and_then(Object::as_name).unwrap();
                self.want(kind == b"Link", "an annotation that is no link");
                let words = link.get(b"Contents").and_then(Object::as_str);
                self.want(
                    words.is_ok_and(|words| !words.is_empty()),
                    "a link without words",
                );
                self.want(
                    link.has(b"StructParent"),
                    "a link without a structure parent",
                );
            }
        }
    }

    fn content(&mut self, content: &[u8], owner: ObjectId, of: &'d Dictionary) {
        let resources = self.dictionary(of, "Resources");
        let forms = resources.and_then(|resources| self.dictionary(resources, "XObject"));
        // For each open piece of marked content, whether it is accounted for.
        let mut open: Vec<bool> = Vec::new();
        for operation in Content::decode(content).unwrap().operations {
            match operation.operator.as_str() {
                "BMC" | "BDC" => {
                    let tag = operation.operands[0].as_name().unwrap();
                    let id = operation.operands.get(1).and_then(|properties| {
                        properties.as_dict().ok()?.get(b"MCID").ok()?.as_i64().ok()
                    });
                    let known = match id {
                        Some(id) => self.held.contains(&(owner, id)),
                        None => tag == b"Artifact" || open.last().is_some_and(|known| *known),
                    };
                    self.want(known, "marked content that the tree has not");
                    open.push(known);
                }
                "EMC" => drop(open.pop()),
                "Tj" | "TJ" | "'" | "\"" | "f" | "f*" | "B" | "B*" | "b" | "b*" | "s" | "S"
                | "sh" | "BI" | "Do" => {
                    let known = open.contains(&true);
                    if operation.operator == "Do" && !known {
                        // A form may bring its own marks.
                        let name = operation.operands[0].as_name().unwrap();
                        let form = forms.and_then(|forms| forms.get(name).ok()).unwrap();
                        let id = form.as_reference().unwrap();
                        let stream = self.pdf.get_object(id).unwrap().as_stream().unwrap();
                        let text = stream.decompressed_content().unwrap();
                        self.content(&text, id, &stream.dict);
                    } else {
                        self.want(
                            known,
                            "something is drawn that is neither in the tree nor an artifact",
                        );
                    }
                }
                _ => {}
            }
        }
    }

    fn fonts(&mut self) {
        for object in self.pdf.objects.values() {
            let Ok(font) = object.as_dict() else { continue };
            if font.has_type(b"Font")
                && !font.has(b"DescendantFonts")
                && !font.has(b"CIDSystemInfo")
            {
                self.want(font.has(b"ToUnicode"), "a font whose text cannot be read");
            }
            if font.has_type(b"FontDescriptor") {
                let embedded = [&b"FontFile"[..], b"FontFile2", b"FontFile3"]
                    .iter()
                    .any(|key| font.has(key));
                self.want(embedded, "a font that is not embedded");
            }
            if font.has(b"DescendantFonts") {
                self.want(font.has(b"ToUnicode"), "a font whose text cannot be read");
            }
        }
    }
}

/// What is wrong with a file, and how often each kind of element is in it.
pub fn faults(path: &Path) -> (Vec<String>, BTreeMap<String, usize>) {
    let pdf = Document::load(path).unwrap();
    let mut check = Check {
        pdf: &pdf,
        faults: Vec::new(),
        seen: BTreeMap::new(),
        level: 0,
        held: BTreeSet::new(),
        annotations: BTreeSet::new(),
        notes: BTreeSet::new(),
    };
    check.catalog();
    check.tree();
    check.pages();
    check.fonts();
    let (mut faults, seen) = (check.faults, check.seen);
    faults.sort();
    faults.dedup();
    (faults, seen)
}
