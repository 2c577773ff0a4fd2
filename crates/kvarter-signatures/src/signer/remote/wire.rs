//! Questions and answers of the Cloud Signature Consortium's API, as JSON has them (v2, § 11). Fields that we
//! do not use are not read.

use serde::{Deserialize, Serialize};

use super::{Consent, RefusalCode};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListQuestion {
    pub(super) only_valid: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListAnswer {
    #[serde(rename = "credentialIDs")]
    pub(super) credential_ids: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct InfoQuestion<'a> {
    #[serde(rename = "credentialID")]
    pub(super) credential_id: &'a str,
    pub(super) certificates: &'static str,
    pub(super) cert_info: bool,
    pub(super) auth_info: bool,
}

#[derive(Deserialize)]
pub(super) struct InfoAnswer {
    pub(super) key: KeyInfo,
    pub(super) cert: CertInfo,
    #[serde(default)]
    pub(super) auth: Option<AuthInfo>,
    pub(super) multisign: usize,
}

#[derive(Deserialize)]
pub(super) struct KeyInfo {
    pub(super) status: String,
    pub(super) algo: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct CertInfo {
    #[serde(default)]
    pub(super) status: Option<String>,
    pub(super) certificates: Vec<String>,
}

#[derive(Deserialize, Default)]
pub(super) struct AuthInfo {
    #[serde(default)]
    pub(super) objects: Vec<AuthObject>,
}

#[derive(Deserialize)]
pub(super) struct AuthObject {
    pub(super) id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AuthorizeQuestion<'a> {
    #[serde(rename = "credentialID")]
    pub(super) credential_id: &'a str,
    pub(super) num_signatures: usize,
    pub(super) hashes: &'a [String],
    #[serde(rename = "hashAlgorithmOID")]
    pub(super) hash_algorithm_oid: String,
    #[serde(skip_serializing_if = "<[Consent]>::is_empty")]
    pub(super) auth_data: &'a [Consent],
}

#[derive(Deserialize)]
pub(super) struct AuthorizeAnswer {
    #[serde(rename = "SAD")]
    pub(super) sad: Option<String>,
    pub(super) handle: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SignQuestion<'a> {
    #[serde(rename = "credentialID")]
    pub(super) credential_id: &'a str,
    #[serde(rename = "SAD")]
    pub(super) sad: &'a str,
    pub(super) hashes: &'a [String],
    #[serde(rename = "hashAlgorithmOID")]
    pub(super) hash_algorithm_oid: String,
    pub(super) sign_algo: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sign_algo_params: Option<String>,
    pub(super) operation_mode: &'static str,
}

#[derive(Deserialize)]
pub(super) struct SignAnswer {
    #[serde(default)]
    pub(super) signatures: Vec<String>,
    #[serde(rename = "responseID")]
    pub(super) response_id: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct ErrorAnswer {
    pub(super) error: RefusalCode,
}
