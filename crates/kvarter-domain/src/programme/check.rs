//! Checks.
use super::{Programme, ProgrammeFiles};
use crate::problem::Problems;

pub(super) fn programme(_files: &ProgrammeFiles) -> Result<Programme, Problems> {
    Err(Problems::none())
}
