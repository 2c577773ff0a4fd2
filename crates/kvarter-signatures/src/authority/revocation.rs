//! What a test authority says of its certificates: revocation lists (RFC 5280 § 5.1) and OCSP answers
//! (RFC 6960 § 4.2).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ANSWERING, Authority, AuthorityError, Holder, ISSUING, STAMPING};
use crate::asn1::{tag, write};
use crate::certificate::revocation::{Crl, OcspRequest, OcspResponse, Reason, key_bits};
use crate::certificate::{Certificate, Evidence};
use crate::oid;

/// That a certificate was revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// The certificate's serial number.
    pub serial: u64,
    /// From when.
    pub at: Timestamp,
    /// Why.
    pub reason: Reason,
}

/// What the authority has issued and revoked; kept by the caller.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Serial numbers of persons' certificates.
    pub issued: Vec<u64>,
    /// What was revoked.
    pub revoked: Vec<Revocation>,
}

impl Ledger {
    fn revocation_of(&self, serial: &[u8]) -> Option<&Revocation> {
        self.revoked.iter().find(|revocation| value_of(revocation.serial) == serial)
    }

    fn knows(&self, serial: &[u8]) -> bool {
        let own = [ISSUING, STAMPING, ANSWERING];
        own.iter().chain(&self.issued).any(|known| value_of(*known) == serial)
    }
}

/// A serial number as it stands in a certificate.
fn value_of(serial: u64) -> Vec<u8> {
    write::small_integer(serial)[2..].to_vec()
}

impl Authority {
    /// The list of what was revoked among persons' certificates and the services'. `number` must grow from
    /// list to list.
    ///
    /// # Errors
    ///
    /// When the key fails to sign.
    pub fn crl(
        &self,
        ledger: &Ledger,
        this_update: Timestamp,
        next_update: Timestamp,
        number: u64,
    ) -> Result<Vec<u8>, AuthorityError> {
        let below = ledger.revoked.iter().filter(|revocation| revocation.serial != ISSUING);
        list(&self.issuing, below, this_update, next_update, number)
    }

    /// The list of what the root revoked: the issuing authority or nothing.
    ///
    /// # Errors
    ///
    /// When the key fails to sign.
    pub fn root_crl(
        &self,
        ledger: &Ledger,
        this_update: Timestamp,
        next_update: Timestamp,
        number: u64,
    ) -> Result<Vec<u8>, AuthorityError> {
        let below = ledger.revoked.iter().filter(|revocation| revocation.serial == ISSUING);
        list(&self.root, below, this_update, next_update, number)
    }

    /// An answer to an OCSP request, as it came over HTTP.
    ///
    /// # Errors
    ///
    /// When the key fails to sign. A request that cannot be answered gets an answer that says so.
    pub fn answer_ocsp(
        &self,
        request: &[u8],
        ledger: &Ledger,
        this_update: Timestamp,
        next_update: Timestamp,
    ) -> Result<Vec<u8>, AuthorityError> {
        // § 4.2.1: 1 is malformedRequest, 6 is unauthorized.
        let refuse = |code| Ok(write::sequence(&[&write::enumerated(code)]));
        let Ok(request) = OcspRequest::read(request) else { return refuse(1) };
        if !request.is_about_issuer(&self.issuing.certificate) {
            return refuse(6);
        }
        let status = if let Some(revocation) = ledger.revocation_of(&request.serial) {
            let reason = write::tlv(0xA0, &write::enumerated(revocation.reason.code()));
            write::tlv(0xA1, &[write::generalized_time(revocation.at), reason].concat())
        } else if ledger.knows(&request.serial) {
            write::tlv(0x80, &[])
        } else {
            write::tlv(0x82, &[])
        };
        let answer = write::sequence(&[
            &request.id,
            &status,
            &write::generalized_time(this_update),
            &write::tlv(0xA0, &write::generalized_time(next_update)),
        ]);
        let nonce = request.nonce.as_deref().map(|nonce| {
            let value = write::octets(&write::octets(nonce));
            let extension = write::sequence(&[&write::oid(oid::OCSP_NONCE), &value]);
            write::tlv(0xA1, &write::sequence(&[&extension]))
        });
        let Holder { key, certificate } = &self.answering;
        let digest = crate::algorithm::DigestAlgorithm::Sha1.digest(key_bits(certificate));
        let signed = write::sequence(&[
            &write::tlv(0xA2, &write::octets(&digest)),
            &write::generalized_time(this_update),
            &write::sequence(&[&answer]),
            nonce.as_deref().unwrap_or_default(),
        ]);
        let basic = write::sequence(&[
            &signed,
            &key.algorithm().to_der(),
            &write::bits(&key.sign(&signed)?),
            &write::tlv(0xA0, &write::sequence(&[certificate.der()])),
        ]);
        let bytes = write::sequence(&[&write::oid(oid::OCSP_BASIC), &write::octets(&basic)]);
        Ok(write::sequence(&[&write::enumerated(0), &write::tlv(0xA0, &bytes)]))
    }

    /// An OCSP answer about one of the certificates below the issuing authority.
    ///
    /// # Errors
    ///
    /// When the key fails to sign.
    pub fn ocsp(
        &self,
        certificate: &Certificate,
        ledger: &Ledger,
        this_update: Timestamp,
        next_update: Timestamp,
    ) -> Result<Vec<u8>, AuthorityError> {
        let request = OcspRequest::write(certificate, &self.issuing.certificate, None);
        self.answer_ocsp(&request, ledger, this_update, next_update)
    }

    /// All that is needed to judge these certificates of persons, and timestamps: both lists, an OCSP answer
    /// for each, and the authority's own certificates.
    ///
    /// # Errors
    ///
    /// When the key fails to sign.
    pub fn evidence(
        &self,
        certificates: &[&Certificate],
        ledger: &Ledger,
        this_update: Timestamp,
        next_update: Timestamp,
    ) -> Result<Evidence, AuthorityError> {
        let mut evidence = Evidence {
            certificates: vec![
                self.issuing.certificate.clone(),
                self.root.certificate.clone(),
                self.stamping.certificate.clone(),
            ],
            ..Evidence::default()
        };
        for certificate in certificates {
            let answer = self.ocsp(certificate, ledger, this_update, next_update)?;
            evidence.ocsp.extend(OcspResponse::read(&answer).ok());
        }
        for list in [
            self.crl(ledger, this_update, next_update, 1)?,
            self.root_crl(ledger, this_update, next_update, 1)?,
        ] {
            evidence.crls.extend(Crl::read(&list).ok());
        }
        Ok(evidence)
    }
}

fn list<'a>(
    by: &Holder,
    revoked: impl Iterator<Item = &'a Revocation>,
    this_update: Timestamp,
    next_update: Timestamp,
    number: u64,
) -> Result<Vec<u8>, AuthorityError> {
    let extension = |of, value: &[u8]| write::sequence(&[&write::oid(of), &write::octets(value)]);
    let entries: Vec<u8> = revoked
        .flat_map(|revocation| {
            // ”the reason code CRL entry extension SHOULD be absent instead of using the unspecified (0)”
            // (RFC 5280 § 5.3.1)
            let reason = (revocation.reason != Reason::Unspecified).then(|| {
                let code = write::enumerated(revocation.reason.code());
                write::sequence(&[&extension(oid::REASON_CODE, &code)])
            });
            write::sequence(&[
                &write::small_integer(revocation.serial),
                &write::time(revocation.at),
                reason.as_deref().unwrap_or_default(),
            ])
        })
        .collect();
    // An empty list is left out altogether (§ 5.1.2.6).
    let entries = if entries.is_empty() { entries } else { write::tlv(tag::SEQUENCE, &entries) };
    let authority_key =
        write::sequence(&[&write::tlv(0x80, &super::issue::key_identifier(by.certificate.key_info()))]);
    let extensions = write::sequence(&[
        &extension(oid::AUTHORITY_KEY_IDENTIFIER, &authority_key),
        &extension(oid::CRL_NUMBER, &write::small_integer(number)),
    ]);
    let algorithm = by.key.algorithm().to_der();
    let signed = write::sequence(&[
        &write::small_integer(1),
        &algorithm,
        by.certificate.subject().der(),
        &write::time(this_update),
        &write::time(next_update),
        &entries,
        &write::tlv(0xA0, &extensions),
    ]);
    Ok(write::sequence(&[&signed, &algorithm, &write::bits(&by.key.sign(&signed)?)]))
}
