//! Keys in a device, tried with SoftHSM where the machine has it. The folder of tokens is made for the test; where
//! there is no such library there is nothing to try, and the test says so.

use std::path::Path;
use std::process::Command;

use kvarter_signatures::algorithm::{DigestAlgorithm, SignatureAlgorithm};
use kvarter_signatures::signer::pkcs11::Device;
use kvarter_signatures::signer::{Signer, SignerError};

const LIBRARIES: [&str; 2] =
    ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"];

fn data(name: &str) -> String {
    format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn run(program: &str, arguments: &[&str], configuration: &Path) {
    let output = Command::new(program).args(arguments).env("SOFTHSM2_CONF", configuration).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Runs itself again with the tokens' folder in its environment, which the library reads when it is loaded.
#[test]
fn a_key_in_a_device_signs() {
    let Some(library) = LIBRARIES.into_iter().find(|library| Path::new(library).exists()) else {
        eprintln!("SoftHSM is not here; nothing was tried");
        return;
    };
    if std::env::var_os("KVARTER_TOKENS").is_some() {
        return sign_with(library);
    }
    let folder = std::env::temp_dir().join(format!("kvarter-tokens-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("tokens")).unwrap();
    let configuration = folder.join("softhsm2.conf");
    let text = format!(
        "directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\n",
        folder.join("tokens").display()
    );
    std::fs::write(&configuration, text).unwrap();
    let softhsm = |arguments: &[&str]| run("softhsm2-util", arguments, &configuration);
    softhsm(&["--init-token", "--free", "--label", "TEST", "--pin", "1234", "--so-pin", "5678"]);
    for (name, certificate, id) in [("rsa-2048.key", "rsa-2048.pem", "01"), ("ec.key", "ec.pem", "02")] {
        let key = folder.join(name);
        let source = if name == "ec.key" { data("ec-sec1.key") } else { data(name) };
        run(
            "openssl",
            &["pkcs8", "-topk8", "-nocrypt", "-in", &source, "-out", key.to_str().unwrap()],
            &configuration,
        );
        softhsm(&[
            "--import",
            key.to_str().unwrap(),
            "--token",
            "TEST",
            "--label",
            name,
            "--id",
            id,
            "--pin",
            "1234",
        ]);
        let der = folder.join("certificate.der");
        run(
            "openssl",
            &["x509", "-in", &data(certificate), "-outform", "DER", "-out", der.to_str().unwrap()],
            &configuration,
        );
        run(
            "pkcs11-tool",
            &[
                "--module",
                library,
                "--token-label",
                "TEST",
                "--pin",
                "1234",
                "--login",
                "--write-object",
                der.to_str().unwrap(),
                "--type",
                "cert",
                "--id",
                id,
            ],
            &configuration,
        );
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["devices::a_key_in_a_device_signs", "--exact", "--nocapture"])
        .env("SOFTHSM2_CONF", &configuration)
        .env("KVARTER_TOKENS", "1")
        .output()
        .unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn sign_with(library: &str) {
    let device = Device::load(Path::new(library)).unwrap();
    assert!(device.tokens().unwrap().contains(&"TEST".to_owned()));
    let wrong = device.open("TEST", "0000", None, Vec::new()).err();
    assert_eq!(wrong, Some(SignerError::PasswordWrong));
    let several = device.open("TEST", "1234", None, Vec::new()).err();
    assert_eq!(several, Some(SignerError::SeveralKeys));
    assert_eq!(device.open("TEST", "1234", Some("no"), Vec::new()).err(), Some(SignerError::NoKey));
    assert_eq!(device.open("no", "1234", None, Vec::new()).err(), Some(SignerError::NoKey));
    for label in ["rsa-2048.key", "ec.key"] {
        let signer = device.open("TEST", "1234", Some(label), Vec::new()).unwrap();
        let signature = signer.sign(b"message").unwrap();
        let key = signer.certificate().key();
        assert!(key.verify(signer.algorithm(), b"message", &signature).is_ok(), "{label}");
    }
    let pss = SignatureAlgorithm::RsaPss(DigestAlgorithm::Sha256);
    let signer = device.open("TEST", "1234", Some("rsa-2048.key"), Vec::new()).unwrap();
    assert!(signer.with_algorithm(pss).unwrap().sign(b"message").is_ok());
}
