//! The PDF: its links by a reader of PDF that is not the one who wrote it, its
//! pictures by the pages as Typst has drawn them.

use super::{Finished, Promised, Promises, dead, missing, note_name};
use crate::config::Edition;
use crate::dest;
use crate::diagnostics::Diagnostic;
use crate::print::doc::{Doc, ImageId, Resolved, Target};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use typst::foundations::{Bytes, Label, NativeElement};
use typst::introspection::{Introspector, Location};
use typst::layout::{Frame, FrameItem};
use typst::model::FootnoteEntry;
use typst::utils::PicoStr;
use typst::visualize::ImageKind;
use typst_layout::PagedDocument;

/// Says what the file lacks, and which of its links lead nowhere. `images` are
/// the pictures as Typst was given them.
pub fn pdf(
    file: &Arc<Vec<u8>>,
    paged: &PagedDocument,
    images: &HashMap<Bytes, ImageId>,
    doc: &Doc<Resolved>,
    promises: &Promises,
) -> Vec<Diagnostic> {
    let links = match Links::read(file) {
        Some(links) => links,
        None => return vec![Diagnostic::warning("the finished PDF cannot be read again")],
    };
    let dead_links = links
        .dead
        .iter()
        .chain(links.urls.keys().filter(|url| !dest::is_safe(url)));
    let mut said: Vec<_> = dead_links.map(|href| dead(Edition::Pdf, href)).collect();
    let mut found = Found {
        links,
        images: drawn(paged, images),
        entries: entries(paged),
        paged,
    };
    said.extend(missing(Edition::Pdf, doc, promises, &mut found));
    said
}

/// A place on a page: the page's index, and how many points down.
type Spot = (usize, i32);

/// The links of a file.
#[derive(Default)]
struct Links {
    urls: BTreeMap<String, usize>,
    spots: BTreeMap<Spot, usize>,
    /// Those that lead nowhere.
    dead: Vec<String>,
}

impl Links {
    fn read(file: &Arc<Vec<u8>>) -> Option<Self> {
        let pdf = Pdf::new(file.clone()).ok()?;
        let mut pages = HashMap::new();
        for (index, page) in pdf.pages().iter().enumerate() {
            pages.insert(page.raw().obj_id()?, (index, page.media_box().y1));
        }
        let named = named(&pdf);
        let mut links = Self::default();
        for page in pdf.pages().iter() {
            let annotations = page.raw().get::<Array<'_>>("Annots");
            for annotation in annotations.iter().flat_map(|all| all.iter::<Dict<'_>>()) {
                links.add(&annotation, &pages, &named);
            }
        }
        Some(links)
    }

    fn add(
        &mut self,
        annotation: &Dict<'_>,
        pages: &HashMap<ObjectIdentifier, (usize, f64)>,
        named: &HashMap<Vec<u8>, Array<'_>>,
    ) {
        let is_link = annotation
            .get::<Name<'_>>("Subtype")
            .is_some_and(|kind| *kind == *b"Link");
        if !is_link {
            return;
        }
        let action = annotation.get::<Dict<'_>>("A");
        let uri = action
            .as_ref()
            .and_then(|action| action.get::<hayro_syntax::object::String<'_>>("URI"));
        if let Some(uri) = uri {
            let url = String::from_utf8_lossy(uri.as_bytes()).into_owned();
            *self.urls.entry(url).or_default() += 1;
            return;
        }
        let to = annotation
            .get::<Object<'_>>("Dest")
            .or_else(|| action?.get("D"));
        let (place, shown) = match to {
            Some(Object::Array(place)) => (Some(place), "a page".into()),
            Some(Object::String(name)) => (
                named.get(name.as_bytes()).cloned(),
                String::from_utf8_lossy(name.as_bytes()).into_owned(),
            ),
            _ => (None, "nothing".into()),
        };
        match place.and_then(|place| spot(&place, pages)) {
            Some(spot) => *self.spots.entry(spot).or_default() += 1,
            None => self.dead.push(shown),
        }
    }

    /// Takes a link that leads to a spot, give or take a point.
    fn take_spot(&mut self, (page, down): Spot) -> bool {
        let near = self.spots.range_mut((page, down - 1)..=(page, down + 1));
        take(near.map(|(_, left)| left))
    }
}

/// What `[page /XYZ x y zoom]` means; none if the page is not in the document.
fn spot(place: &Array<'_>, pages: &HashMap<ObjectIdentifier, (usize, f64)>) -> Option<Spot> {
    let page = place.raw_iter().next()?.as_obj_ref()?;
    let (page, height) = pages.get(&page.into())?;
    let up = place.raw_iter().nth(3);
    let up = match up {
        Some(MaybeRef::NotRef(Object::Number(up))) => up.as_f64(),
        _ => *height,
    };
    Some((*page, (height - up).round() as i32))
}

/// The places that have a name.
fn named(pdf: &Pdf) -> HashMap<Vec<u8>, Array<'_>> {
    fn walk<'p>(node: &Dict<'p>, out: &mut HashMap<Vec<u8>, Array<'p>>) {
        if let Some(names) = node.get::<Array<'_>>("Names") {
            let mut pairs = names.iter::<Object<'_>>();
            while let (Some(name), Some(place)) = (pairs.next(), pairs.next()) {
                let place = match place {
                    Object::Array(place) => Some(place),
                    Object::Dict(place) => place.get("D"),
                    _ => None,
                };
                if let (Object::String(name), Some(place)) = (name, place) {
                    out.insert(name.as_bytes().to_vec(), place);
                }
            }
        }
        if let Some(kids) = node.get::<Array<'_>>("Kids") {
            kids.iter::<Dict<'_>>().for_each(|kid| walk(&kid, out));
        }
    }
    let mut out = HashMap::new();
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let names = catalog.and_then(|catalog| catalog.get::<Dict<'_>>("Names"));
    if let Some(root) = names.and_then(|names| names.get::<Dict<'_>>("Dests")) {
        walk(&root, &mut out);
    }
    out
}

/// How often each picture is drawn.
fn drawn(paged: &PagedDocument, images: &HashMap<Bytes, ImageId>) -> HashMap<ImageId, usize> {
    fn walk(frame: &Frame, images: &HashMap<Bytes, ImageId>, out: &mut HashMap<ImageId, usize>) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => walk(&group.frame, images, out),
                FrameItem::Image(image, _, _) => {
                    let bytes = match image.kind() {
                        ImageKind::Raster(image) => image.data(),
                        ImageKind::Svg(image) => image.data(),
                        ImageKind::Pdf(_) => continue,
                    };
                    if let Some(id) = images.get(bytes) {
                        *out.entry(*id).or_default() += 1;
                    }
                }
                FrameItem::Text(_)
                | FrameItem::Shape(..)
                | FrameItem::Link(..)
                | FrameItem::Tag(_) => {}
            }
        }
    }
    let mut out = HashMap::new();
    for page in paged.pages() {
        walk(&page.frame, images, &mut out);
    }
    out
}

/// Where the text of each footnote is, by the location of its mark.
fn entries(paged: &PagedDocument) -> HashMap<Location, Location> {
    let all = paged.introspector().query(&FootnoteEntry::ELEM.select());
    let entry = |content: &typst::foundations::Content| {
        let mark = content.to_packed::<FootnoteEntry>()?.note.location()?;
        Some((mark, content.location()?))
    };
    all.iter().filter_map(entry).collect()
}

/// What is in the PDF.
struct Found<'a> {
    links: Links,
    images: HashMap<ImageId, usize>,
    entries: HashMap<Location, Location>,
    paged: &'a PagedDocument,
}

impl Found<'_> {
    /// Where a link to a location leads: Typst lets the line above be seen.
    fn spot(&self, location: Location) -> Option<Spot> {
        let at = self.paged.introspector().as_ref().position(location)?;
        let down = (at.point.y.to_pt() - 10.0).max(0.0);
        Some((at.page.get() - 1, down.round() as i32))
    }

    fn labeled(&self, name: &str) -> Option<Location> {
        let label = Label::new(PicoStr::intern(name))?;
        self.paged
            .introspector()
            .query_label(label)
            .ok()?
            .location()
    }

    fn take_place(&mut self, location: Option<Location>) -> bool {
        let spot = location.and_then(|location| self.spot(location));
        spot.is_some_and(|spot| self.links.take_spot(spot))
    }
}

impl Finished for Found<'_> {
    fn take(&mut self, doc: &Doc<Resolved>, chapter: usize, what: &Promised) -> bool {
        match what {
            Promised::Link(Target::Url(url)) => take(self.links.urls.get_mut(url)),
            Promised::Link(Target::Anchor(anchor)) => {
                let place = self.labeled(&doc.anchors[anchor.0]);
                self.take_place(place)
            }
            Promised::Image(image) => take(self.images.get_mut(image)),
            // Its mark leads to its text, and its text back to the mark.
            Promised::Note(note) => {
                let mark = self.labeled(&note_name(doc, chapter, *note));
                let entry = mark.and_then(|mark| self.entries.get(&mark).copied());
                self.take_place(mark) && self.take_place(entry)
            }
        }
    }
}

fn take<'a>(left: impl IntoIterator<Item = &'a mut usize>) -> bool {
    let left = left.into_iter().find(|left| **left > 0);
    left.map(|left| *left -= 1).is_some()
}
