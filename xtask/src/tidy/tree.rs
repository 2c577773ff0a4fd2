//! The tree as rules see it: paths and text, read once.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use walkdir::WalkDir;

/// Folders that hold nothing of ours.
const NOT_OURS: &[&str] = &[".git", "target", "node_modules", "kvarter-data"];

/// A text file, its path relative to the root with `/` between the parts.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// The number of the line, from 1, that holds the byte at `offset`.
    pub(crate) fn line_at(&self, offset: usize) -> usize {
        line_at(&self.text, offset)
    }
}

/// All text files, in the order of their paths, and the paths of the rest.
#[derive(Default)]
pub(crate) struct Tree {
    files: Vec<File>,
    others: Vec<String>,
}

impl Tree {
    /// Reads the project.
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let mut tree = Self::default();
        let ours = |entry: &walkdir::DirEntry| !NOT_OURS.iter().any(|name| entry.file_name() == *name);
        for entry in WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(ours) {
            let entry = entry?;
            if !entry.file_type().is_file() {
                continue;
            }
            let path = entry.path().strip_prefix(root).context("every file stands under the root")?;
            let path = path.to_string_lossy().replace('\\', "/");
            match String::from_utf8(fs::read(entry.path())?) {
                Ok(text) => tree.files.push(File { path, text }),
                Err(_) => tree.others.push(path),
            }
        }
        Ok(tree)
    }

    /// A tree of the given files, for trying a rule.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let files =
            files.iter().map(|(path, text)| File { path: (*path).into(), text: (*text).into() }).collect();
        Self { files, others: Vec::new() }
    }

    /// Files whose path ends so, e.g. `.rs`.
    pub(crate) fn ending<'a>(&'a self, end: &'a str) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| file.path.ends_with(end))
    }

    /// All text files.
    pub(crate) fn all(&self) -> &[File] {
        &self.files
    }

    /// The file at a path.
    pub(crate) fn get(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Whether a file or a folder stands at a path.
    pub(crate) fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let mut paths = self.files.iter().map(|file| &file.path).chain(&self.others);
        paths.any(|have| have.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    }
}

/// The number of the line, from 1, that holds the byte at `offset`.
pub(crate) fn line_at(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}
