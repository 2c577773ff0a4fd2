//! The page seal, checked: whose initials stand on which page, and whether it is still that page.

use std::collections::{BTreeMap, BTreeSet};

use ring::digest::{Context, SHA256};

use super::Findings;
use crate::form::Role;
use crate::pdf::{Field, FieldKind, File, PdfError, fields};
use crate::policy::Check;
use crate::seal::{Hash, Seal, seal};
use crate::signature::Signature;
use crate::verdict::{MissingInitials, PageInitials, SealReport};

/// Checks all statements of initials of a file.
///
/// Whether the signatures over them pass is filled in later, when that is known.
pub(super) fn check(
    file: &File<'_>,
    signatures: &[Signature],
    findings: &mut Findings<'_>,
) -> Result<Option<SealReport>, PdfError> {
    let fields = fields(file.latest())?;
    let prepared = prepared_pages(&fields);
    let stated = signatures.iter().any(|signature| signature.statement.is_some());
    if !stated && prepared.is_empty() {
        return Ok(None);
    }
    let mut report = SealReport { root: None, initials: Vec::new(), missing: Vec::new() };
    let seal = if stated {
        match seal(file.latest()) {
            Ok(seal) => Some(seal),
            Err(_) => {
                findings.check(Check::SealNotComputed, None, None, None);
                None
            }
        }
    } else {
        None
    };
    report.root = seal.as_ref().map(|seal| seal.root);
    let documents = if stated { documents(file) } else { Vec::new() };
    for (index, signature) in signatures.iter().enumerate() {
        match &signature.statement {
            None => {}
            Some(Err(_)) => findings.check(Check::StatementUnreadable, Some(index), None, None),
            Some(Ok(_)) => {
                statement(index, signature, &documents, seal.as_ref(), findings);
                report.initials.extend(initials(index, signature, seal.as_ref()));
            }
        }
    }
    unstated(file, &fields, signatures, findings);
    let done: BTreeSet<(usize, &str)> = report
        .initials
        .iter()
        .filter(|initials| initials.same)
        .map(|initials| (initials.page, initials.party.as_str()))
        .collect();
    for (party, pages) in &prepared {
        for &page in pages.iter().filter(|&&page| !done.contains(&(page, party.as_str()))) {
            findings.check(Check::PageNotInitialled, None, Some(page), Some(party));
            report.missing.push(MissingInitials { page, party: party.clone() });
        }
    }
    Ok(Some(report))
}

/// The pages that have a place for each party's initials.
fn prepared_pages(fields: &[Field]) -> BTreeMap<String, BTreeSet<usize>> {
    let mut prepared: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for field in fields.iter().filter(|field| field.kind == FieldKind::Text) {
        if let Some(Role::Initials { party, page }) = Role::of(&field.name) {
            prepared.entry(party).or_default().insert(page);
        }
    }
    prepared
}

/// The digest of the file as it was after each revision.
fn documents(file: &File<'_>) -> Vec<Hash> {
    let mut running = Context::new(&SHA256);
    let mut at = 0;
    let mut documents = Vec::new();
    for revision in file.revisions() {
        running.update(&file.bytes()[at..revision.end]);
        at = revision.end;
        let mut digest = [0; 32];
        digest.copy_from_slice(running.clone().finish().as_ref());
        documents.push(Hash(digest));
    }
    documents
}

/// What is wrong with a statement as a whole.
fn statement(
    index: usize,
    signature: &Signature,
    documents: &[Hash],
    seal: Option<&Seal>,
    findings: &mut Findings<'_>,
) {
    let Some(Ok(stated)) = &signature.statement else { return };
    let mut found = |check, page| findings.check(check, Some(index), page, Some(&stated.party));
    // The file that was initialled is what this file was before the signature.
    if !documents.iter().take(signature.revision).any(|document| *document == stated.document) {
        found(Check::StatementOfAnotherDocument, None);
    }
    let field = Role::Initialling { party: stated.party.clone() }.field_name();
    if signature.field != field {
        found(Check::StatementOfAnotherParty, None);
    }
    let Some(seal) = seal else { return };
    for page in &stated.pages {
        if seal.pages.get(page.page - 1) != Some(&page.hash) {
            found(Check::PageDiffers, Some(page.page));
        }
    }
    if seal.root != stated.root || seal.pages.len() != stated.page_count {
        found(Check::RootDiffers, None);
    }
}

fn initials(index: usize, signature: &Signature, seal: Option<&Seal>) -> Vec<PageInitials> {
    let Some(Ok(stated)) = &signature.statement else { return Vec::new() };
    let page = |page: &crate::seal::InitialledPage| {
        let current = seal.and_then(|seal| seal.pages.get(page.page - 1)).copied();
        PageInitials {
            page: page.page,
            party: stated.party.clone(),
            person: stated.person.clone(),
            mandate: stated.mandate.clone(),
            time: stated.time,
            recorded: page.hash,
            current,
            same: current == Some(page.hash),
            passed: false,
            signature: index,
        }
    };
    stated.pages.iter().map(page).collect()
}

/// Initials that are seen but not stated: each that is filled was filled by an act that states it.
fn unstated(file: &File<'_>, fields: &[Field], signatures: &[Signature], findings: &mut Findings<'_>) {
    let mut stated: BTreeSet<(usize, &str, usize)> = BTreeSet::new();
    for signature in signatures {
        if let Some(Ok(statement)) = &signature.statement {
            let pages = statement.pages.iter();
            stated.extend(pages.map(|page| (signature.revision, statement.party.as_str(), page.page)));
        }
    }
    for field in fields.iter().filter(|field| field.value.is_some()) {
        let Some(Role::Initials { party, page }) = Role::of(&field.name) else { continue };
        let filled = file.latest().entry(field.id.number).map_or(0, |(revision, _)| revision);
        if !stated.contains(&(filled, party.as_str(), page)) {
            findings.check(Check::InitialsWithoutStatement, None, Some(page), Some(&party));
        }
    }
}
