//! What the machine has of what the tests use, and how to get the rest.
//!
//! Where we may install (root on Debian) we do, by package name. Elsewhere we say what is missing
//! and which command would bring it, and leave the doing to the person.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail, ensure};

use crate::{postgres, run};

/// Something outside the workspace that a suite needs.
struct Need {
    /// What it is, to a person.
    name: &'static str,
    /// The suite that is lost without it.
    suite: &'static str,
    /// The Debian packages that bring it.
    packages: &'static [&'static str],
    /// Where it is found, when it is here.
    find: fn() -> Option<PathBuf>,
    /// How it tells its version.
    version: &'static str,
}

const NEEDS: &[Need] = &[
    Need {
        name: "PostgreSQL",
        suite: "postgres",
        packages: &["postgresql"],
        find: postgres::initdb,
        version: "--version",
    },
    Need {
        name: "Chromium",
        suite: "browser",
        packages: &["chromium"],
        find: chromium,
        version: "--version",
    },
    Need {
        name: "Node.js",
        suite: "browser",
        packages: &["nodejs"],
        find: || run::which("node"),
        version: "--version",
    },
    Need {
        name: "npm",
        suite: "browser",
        packages: &["npm"],
        find: || run::which("npm"),
        version: "--version",
    },
    Need {
        name: "qpdf",
        suite: "pdf",
        packages: &["qpdf"],
        find: || run::which("qpdf"),
        version: "--version",
    },
    Need {
        name: "pdfinfo",
        suite: "pdf",
        packages: &["poppler-utils"],
        find: || run::which("pdfinfo"),
        version: "-v",
    },
    Need {
        name: "pdfsig",
        suite: "signatures",
        packages: &["poppler-utils"],
        find: || run::which("pdfsig"),
        version: "-v",
    },
    Need {
        name: "Python for pyHanko",
        suite: "signatures",
        packages: &["python3-venv"],
        find: python,
        version: "--version",
    },
    Need {
        name: "a JDK",
        suite: "verapdf",
        packages: &["default-jdk-headless"],
        find: || run::which("javac"),
        version: "-version",
    },
    Need {
        name: "JAXB for Java",
        suite: "verapdf",
        packages: &["libjaxb-java", "libjaxb-api-java"],
        find: jaxb,
        version: "",
    },
    Need {
        name: "Python with pip",
        suite: "verapdf",
        packages: &["python3-venv"],
        find: python,
        version: "--version",
    },
];

/// The browser the journeys are made in.
pub(crate) fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"].iter().find_map(run::which)
}

/// A Python that can make a virtual environment, which is how PyPI packages are brought in.
pub(crate) fn python() -> Option<PathBuf> {
    let python = run::which("python3")?;
    let able = run::quietly(Command::new(&python).args(["-c", "import venv, ensurepip"])).ok()?;
    able.ok.then_some(python)
}

fn jaxb() -> Option<PathBuf> {
    let jar = PathBuf::from("/usr/share/java/jaxb-runtime.jar");
    jar.is_file().then_some(jar)
}

/// Makes sure a suite has what it needs, installing it where we may. The error says what is
/// missing and how to get it.
pub(crate) fn provide(suite: &str) -> Result<()> {
    let missing = missing(|need| need.suite == suite);
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    if !may_install() {
        let names: Vec<&str> = missing.iter().map(|need| need.name).collect();
        bail!("{} is not here; on Debian: sudo apt-get install {}", names.join(" and "), packages.join(" "));
    }
    install(&packages)?;
    for need in missing {
        ensure!((need.find)().is_some(), "{} was installed and is still not found", need.name);
    }
    Ok(())
}

/// Installs Debian packages. For tools of the benches too, so the names come from the caller.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    ensure!(may_install(), "not root on Debian; sudo apt-get install {}", packages.join(" "));
    println!("  installing {}", packages.join(" "));
    if packages.contains(&"postgresql") {
        leave_no_server_running()?;
    }
    // The lists may be older than the archive, or absent as in most container images.
    apt(&["update", "-qq"])?;
    let mut arguments =
        vec!["install", "-y", "-qq", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold"];
    arguments.extend(packages);
    apt(&arguments)
}

/// Debian starts a cluster with the package unless told not to; the tests start their own.
fn leave_no_server_running() -> Result<()> {
    let settings = Path::new("/etc/postgresql-common/createcluster.conf");
    if !settings.exists() {
        std::fs::create_dir_all("/etc/postgresql-common")?;
        std::fs::write(settings, "create_main_cluster = false\n")?;
    }
    Ok(())
}

fn apt(arguments: &[&str]) -> Result<()> {
    let done =
        run::quietly(Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))?;
    ensure!(done.ok, "apt-get {} failed:\n{}", arguments.join(" "), done.everything());
    Ok(())
}

/// Whether packages may be installed here: root, on a Debian.
pub(crate) fn may_install() -> bool {
    root() && Path::new("/etc/debian_version").exists() && run::which("apt-get").is_some()
}

/// Whether we run as root. PostgreSQL refuses to, so it is then run as its own user.
pub(crate) fn root() -> bool {
    run::first_line(Command::new("id").arg("-u")).as_deref() == Some("0")
}

fn missing(chosen: impl Fn(&Need) -> bool) -> Vec<&'static Need> {
    NEEDS.iter().filter(|need| chosen(need) && (need.find)().is_none()).collect()
}

/// Prints what is here and what is not.
pub(crate) fn doctor(root: &Path) -> Result<bool> {
    let rust = run::first_line(Command::new("rustc").arg("--version").current_dir(root));
    println!("  here      Rust             {}", rust.unwrap_or_default());
    for need in NEEDS {
        match (need.find)() {
            Some(path) if need.version.is_empty() => {
                println!("  here      {:<16} {}", need.name, path.display())
            }
            Some(path) => {
                let version = run::first_line(Command::new(&path).arg(need.version)).unwrap_or_default();
                println!("  here      {:<16} {version}", need.name);
            }
            None => println!(
                "  missing   {:<16} suite `{}` cannot run; on Debian: apt-get install {}",
                need.name,
                need.suite,
                need.packages.join(" ")
            ),
        }
    }
    let missing = missing(|_| true);
    if missing.is_empty() {
        println!("\nEverything `cargo xtask test` uses is here.");
    } else if may_install() {
        println!("\n`cargo xtask test` installs what is missing by itself.");
    } else {
        println!("\n`cargo xtask test` may not install here; do it first, or leave the suites out by name.");
    }
    Ok(missing.is_empty() || may_install())
}
