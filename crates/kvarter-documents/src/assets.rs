//! What is embedded: the typefaces and the templates that belong to no programme.

/// The house's typefaces, also served to browsers by the same names.
pub(crate) const FONTS: [&[u8]; 6] = [
    include_bytes!("../fonts/SourceSerif4-Regular.otf"),
    include_bytes!("../fonts/SourceSerif4-It.otf"),
    include_bytes!("../fonts/SourceSerif4-Semibold.otf"),
    include_bytes!("../fonts/SourceSans3-Regular.otf"),
    include_bytes!("../fonts/SourceSans3-It.otf"),
    include_bytes!("../fonts/SourceSans3-Semibold.otf"),
];

/// The typeface in which names and initials are drawn.
pub const HAND: &[u8] = FONTS[1];
/// The typeface of the small lines beneath them.
pub const SMALL: &[u8] = FONTS[3];

/// The house style, which every template imports.
pub(crate) const HOUSE: &str = include_str!("../templates/kvarter.typ");
pub(crate) const OVERVIEW: &str = include_str!("../templates/overview.typ");
pub(crate) const SIGNING_MATRIX: &str = include_str!("../templates/signing_matrix.typ");
pub(crate) const VALIDITY: &str = include_str!("../templates/validity.typ");
pub(crate) const MINUTES: &str = include_str!("../templates/minutes.typ");
pub(crate) const COLLABORATION: &str = include_str!("../templates/collaboration.typ");
pub(crate) const ACT: &str = include_str!("../templates/act.typ");
pub(crate) const PLAN: &str = include_str!("../templates/plan.typ");
pub(crate) const STUDY: &str = include_str!("../templates/study.typ");
