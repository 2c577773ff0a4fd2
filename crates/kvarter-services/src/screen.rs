//! What secrecy markings keep apart from a reader, of the marked records and of everything that repeats them.
//!
//! A marking on a record (OSL 5 kap. 5 §) hides fields of that record. What was written in them may stand
//! elsewhere too: in the margin of a clause, on the page of a duty, in the other party's register where the same
//! act filed it. It is kept apart there as well, and a document that is kept apart is handed out through no
//! other record. Whoever has it in its own register sees it.

use std::collections::{BTreeSet, HashMap, HashSet};

use kvarter_domain::agreement::Life;
use kvarter_domain::correction::{CorrectedOnDuties, Correction};
use kvarter_domain::duty::{Discharge, Extension, Occurrence};
use kvarter_domain::ids::{Digest, RecordId};
use kvarter_domain::registry::{Filed, RecordView, Secrecy, Separated};
use kvarter_domain::validity::Validity;
use kvarter_store::{self as store, ReadTx};

use crate::context::Ctx;
use crate::error::Result;

/// What one reader does not see.
#[derive(Debug, Default)]
pub(crate) struct Screen {
    fields: HashMap<RecordId, BTreeSet<Separated>>,
    documents: HashSet<Digest>,
}

impl Screen {
    /// What stands between this reader and the records.
    pub(crate) async fn before(ctx: &Ctx, tx: &mut ReadTx) -> Result<Self> {
        let mut latest: HashMap<RecordId, Secrecy> = HashMap::new();
        for marking in tx.every::<Secrecy>().await? {
            let newer = latest.get(&marking.record).is_none_or(|known| known.serial < marking.serial);
            if newer {
                latest.insert(marking.record.clone(), marking);
            }
        }
        let mut screen = Self::default();
        for marking in latest.into_values().filter(|marking| marking.provision.is_some()) {
            screen.add(ctx, tx, &marking).await?;
        }
        Ok(screen)
    }

    async fn add(&mut self, ctx: &Ctx, tx: &mut ReadTx, marking: &Secrecy) -> Result<()> {
        let Some(marked) = store::registry::filed(tx, &marking.record).await? else { return Ok(()) };
        let mut kin = store::registry::filed_together(tx, &marking.record).await?;
        kin.push(marked.clone());
        let own = |filed: &Filed| ctx.actor.organisation() == Some(&filed.matter.organisation);
        if !kin.iter().any(own) {
            for filed in &kin {
                self.fields.entry(filed.record.id.clone()).or_default().extend(&marking.separates);
            }
        }
        if let Some(document) =
            marked.record.document.filter(|_| marking.separates.contains(&Separated::Document))
            && !store::registry::bearing(tx, &document).await?.iter().any(own)
        {
            self.documents.insert(document);
        }
        Ok(())
    }

    fn hides(&self, record: &RecordId, field: Separated) -> bool {
        self.fields.get(record).is_some_and(|fields| fields.contains(&field))
    }

    fn hides_document(&self, record: &RecordId, document: Option<&Digest>) -> bool {
        self.hides(record, Separated::Document) || document.is_some_and(|d| self.documents.contains(d))
    }

    /// Of a record in another's register.
    pub(crate) fn over_record(&self, view: &mut RecordView) {
        let mut more = self.fields.get(&view.id).cloned().unwrap_or_default();
        if self.hides_document(&view.id, view.document.as_ref()) {
            more.insert(Separated::Document);
        }
        view.keep_apart(&more);
    }

    /// Of an act that meets a duty: its words say what the record is about, its address leads to the document.
    pub(crate) fn over_discharge(&self, act: &mut Discharge) {
        if self.hides(&act.record, Separated::Subject) {
            act.note = None;
        }
        if self.hides_document(&act.record, act.document.as_ref()) {
            act.document = None;
            act.link = None;
        }
    }

    /// Of what has been corrected: as of the fact itself, and of the reason for the correction.
    pub(crate) fn over_corrected(&self, corrected: &mut CorrectedOnDuties) {
        for one in &mut corrected.discharges {
            self.over_discharge(&mut one.fact);
            self.over_correction(&mut one.correction);
        }
        for one in &mut corrected.extensions {
            self.over_extension(&mut one.fact);
            self.over_correction(&mut one.correction);
        }
        corrected.agreed_days.iter_mut().for_each(|one| self.over_correction(&mut one.correction));
    }

    fn over_correction(&self, correction: &mut Correction) {
        if self.hides(&correction.record, Separated::Subject) {
            correction.reason.clear();
        }
    }

    /// Of an extension: its reason.
    pub(crate) fn over_extension(&self, act: &mut Extension) {
        if self.hides(&act.record, Separated::Subject) {
            act.reason = None;
        }
    }

    /// Of what a duty waited for: its words.
    pub(crate) fn over_occurrence(&self, act: &mut Occurrence) {
        if self.hides(&act.record, Separated::Subject) {
            act.note = None;
        }
    }

    /// Of an agreement, once it has been judged.
    pub(crate) fn over_agreement(&self, life: &mut Life, validity: &mut Validity) {
        for receipt in &mut life.receipts {
            if self.hides(&receipt.record, Separated::Counterpart) {
                receipt.routed_to = None;
            }
        }
        for approval in &mut life.approvals {
            if self.hides_document(&approval.record, approval.document.as_ref()) {
                approval.document = None;
            }
        }
        for one in &mut life.corrected_approvals {
            self.over_correction(&mut one.correction);
        }
        for note in validity.proofs.iter_mut().flat_map(|p| &mut p.leaves).flat_map(|l| &mut l.evidence) {
            let record = note.record.clone().unwrap_or_else(|| RecordId::new(""));
            if self.hides_document(&record, note.document.as_ref()) {
                note.document = None;
            }
        }
    }
}
