//! How much of a file is read. A plan at the programme's own limits is well within all of these.

/// The most bytes of a Markdown file.
pub const TEXT_BYTES_MAX: usize = 4 << 20;
/// The most bytes of a workbook or a document, packed: what is bigger is refused unopened.
pub const PACKED_BYTES_MAX: usize = 5 << 20;
/// The most bytes of everything in a workbook or a document, unpacked. Counted while unpacking: what a file says of
/// its own sizes is not believed.
pub const UNPACKED_BYTES_MAX: u64 = 48 << 20;
/// The most files in a workbook or a document.
pub const ENTRIES_MAX: usize = 500;
/// The most elements of one XML file in it.
pub const ELEMENTS_MAX: usize = 400_000;
/// How deep elements may be nested.
pub const DEPTH_MAX: usize = 128;
/// The most rows of a sheet that are read; a sheet of interventions at the limit has 2,001.
pub const ROWS_MAX: usize = 5_000;
/// So many problems of one file are told.
pub const PROBLEMS_MAX: usize = 200;
