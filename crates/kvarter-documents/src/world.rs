//! Typst's world, closed: a template, the house style, one file of data, our typefaces, no clock.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use crate::assets;

/// What all documents share. Built once; fonts are parsed once.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    house: Source,
    main: FileId,
    data: FileId,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let fonts: Vec<Font> =
        assets::FONTS.into_iter().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
    Shared {
        library: LazyHash::new(library()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        house: Source::new(file("/kvarter.typ"), assets::HOUSE.to_owned()),
        main: file("/main.typ"),
        data: file("/data.json"),
    }
});

/// Typst's library, with the elements that say which cells head a table's rows.
fn library() -> Library {
    Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build()
}

fn file(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("the three names are fixed and plain");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

/// The world one document is set in. A template can reach the house style and `/data.json`, and
/// nothing else: no other file, no network, no day.
pub(crate) struct DocumentWorld {
    main: Source,
    data: Bytes,
}

impl DocumentWorld {
    pub(crate) fn new(template: &str, data: Vec<u8>) -> Self {
        Self { main: Source::new(SHARED.main, template.to_owned()), data: Bytes::new(data) }
    }
}

impl World for DocumentWorld {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        SHARED.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match id {
            id if id == SHARED.main => Ok(self.main.clone()),
            id if id == SHARED.house.id() => Ok(SHARED.house.clone()),
            _ => Err(not_found(id)),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == SHARED.data { Ok(self.data.clone()) } else { Err(not_found(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.get(index).cloned()
    }

    /// A template that asks for the day gets none: every date stands in the model.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_with_slash().into())
}
