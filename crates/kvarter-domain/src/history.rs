//! An agreement as it stood on a day: the facts that had happened by then, and no others.
//!
//! Everything that is worked out from facts can so be asked for any day that has been: whether the agreement
//! was in force, what was missing, how each duty stood.

use crate::agreement::Life;
use jiff::civil::Date;

impl Life {
    /// What had happened by the end of a day; nothing, if the agreement had not been issued by then.
    pub fn as_of(mut self, day: Date) -> Option<Self> {
        if day < self.agreement.issued_on {
            return None;
        }
        self.approvals.retain(|approval| approval.decided_on <= day);
        self.sent = self.sent.filter(|sent| sent.sent_on <= day);
        self.receipts.retain(|receipt| receipt.received_on <= day);
        self.signatures.retain(|signature| signature.signed_on <= day);
        self.initials.retain(|initials| initials.initialled_on <= day);
        self.versions.retain(|version| version.signed_on <= day);
        self.scans.retain(|scan| scan.scanned_on <= day);
        self.returns.retain(|returned| returned.sent_on <= day);
        self.returned.retain(|returned| returned.received_on <= day);
        self.custody.retain(|custody| custody.from_day <= day);
        self.in_force = self.in_force.filter(|in_force| in_force.from_day <= day);
        // The municipality's own number is known once it has received the agreement, a quotation once it has
        // been made.
        let (received, sent_back) = (!self.receipts.is_empty(), !self.returns.is_empty());
        let municipality = self.agreement.municipality.clone();
        self.references.retain(|reference| match reference.role {
            crate::reference::ReferenceRole::Quoted => sent_back,
            _ => received || reference.organisation.as_ref() != Some(&municipality),
        });
        Some(self)
    }
}
