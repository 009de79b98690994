//! What Typst can see: the markup, the pictures, the theme and the fonts of
//! this book, and nothing else, unless the system's fonts are asked for.

use crate::print::doc::{Doc, ImageId, Resolved};
use crate::print::theme::Theme;
use crate::print::typst::{Markup, image_path, item_path};
use std::collections::HashMap;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::files::{FileLoader, FileStore};
use typst_kit::fonts::FontStore;

const MAIN: &str = "/main.typ";
const SETTINGS: &str = "/settings.typ";

/// The world of one book.
pub struct BookWorld {
    library: LazyHash<Library>,
    pub(super) fonts: FontStore,
    files: FileStore<Files>,
    main: FileId,
}

impl BookWorld {
    pub fn new(doc: &Doc<Resolved>, markup: Markup, theme: &Theme, system_fonts: bool) -> Self {
        let mut files = HashMap::from([(id(MAIN), Bytes::from_string(markup.main))]);
        files.insert(id(SETTINGS), Bytes::from_string(markup.settings));
        for (index, item) in markup.items.into_iter().enumerate() {
            files.insert(id(&item_path(index)), Bytes::from_string(item));
        }
        for (index, image) in doc.images.iter().enumerate() {
            files.insert(id(&image_path(doc, index)), Bytes::new(image.bytes.clone()));
        }
        for (path, bytes) in theme.files() {
            files.insert(id(&format!("/theme/{path}")), Bytes::new(bytes.to_vec()));
        }
        let mut fonts = FontStore::new();
        for font in theme.fonts() {
            fonts.extend(Font::iter(Bytes::new(font.to_vec())).map(|font| {
                let info = font.info().clone();
                (font, info)
            }));
        }
        fonts.extend(typst_kit::fonts::embedded());
        if system_fonts {
            fonts.extend(typst_kit::fonts::system());
        }
        Self {
            library: LazyHash::new(Library::default()),
            fonts,
            files: FileStore::new(Files(files)),
            main: id(MAIN),
        }
    }
}

impl BookWorld {
    /// The pictures, by the bytes that Typst has.
    pub fn images(&self, doc: &Doc<Resolved>) -> HashMap<Bytes, ImageId> {
        let bytes = |image: ImageId| self.file(id(&image_path(doc, image.0))).ok();
        (0..doc.images.len())
            .map(ImageId)
            .filter_map(|image| Some((bytes(image)?, image)))
            .collect()
    }
}

/// The id of a file of ours; its path is known to be valid.
pub(super) fn id(path: &str) -> FileId {
    let path =
        VirtualPath::new(path).unwrap_or_else(|_| VirtualPath::new("/invalid").expect("is valid"));
    RootedPath::new(VirtualRoot::Project, path).intern()
}

struct Files(HashMap<FileId, Bytes>);

impl FileLoader for Files {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        let missing = || FileError::NotFound(id.vpath().get_with_slash().into());
        self.0.get(&id).cloned().ok_or_else(missing)
    }
}

impl World for BookWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.files.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// There is no today: two builds of a book give the same bytes.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
