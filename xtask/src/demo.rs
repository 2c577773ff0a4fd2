//! The demo, started as a newcomer starts it, for the tasks that look at it from outside.
//!
//! It runs on loopback with its data in a temporary folder, and both are gone when this is dropped.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use walkdir::WalkDir;

/// How long the demo may take to answer before we call it broken.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running demo.
pub(crate) struct Demo {
    child: Child,
    data: PathBuf,
    port: u16,
}

impl Demo {
    /// Starts the demo and waits for it to say where it is. `until` carries the case on.
    pub(crate) fn start(binary: &Path, until: Option<&str>) -> Result<Self> {
        Self::begin(binary, until, false)
    }

    /// The same with its agreement signed with keys.
    pub(crate) fn start_electronic(binary: &Path, until: &str) -> Result<Self> {
        Self::begin(binary, Some(until), true)
    }

    fn begin(binary: &Path, until: Option<&str>, electronic: bool) -> Result<Self> {
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let data = std::env::temp_dir().join(format!("kvarter-demo-{}-{number}", std::process::id()));
        let (child, port) = spawn(binary, &data, until, electronic)?;
        let mut demo = Self { child, data, port };
        demo.wait()?;
        Ok(demo)
    }

    /// Ends it and starts it again over the same data.
    pub(crate) fn restart(&mut self, binary: &Path) -> Result<()> {
        self.stop();
        (self.child, self.port) = spawn(binary, &self.data, None, false)?;
        self.wait()
    }

    /// Its process, for measuring.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Its address, without a closing slash.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn wait(&mut self) -> Result<()> {
        let (tell, told) = mpsc::channel();
        let streams: [Option<Box<dyn Read + Send>>; 2] = [
            self.child.stdout.take().map(|stream| Box::new(stream) as _),
            self.child.stderr.take().map(|stream| Box::new(stream) as _),
        ];
        for stream in streams.into_iter().flatten() {
            let tell = tell.clone();
            // Reads on after the address is known, so that the demo never blocks on a full pipe.
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = tell.send(line);
                }
            });
        }
        drop(tell);
        let here = format!("127.0.0.1:{}", self.port);
        let mut said = String::new();
        loop {
            match told.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(&here) => return Ok(()),
                Ok(line) => {
                    said.push_str(&line);
                    said.push('\n');
                }
                Err(_) => bail!("the demo never said where it listens:\n{said}"),
            }
        }
    }

    /// The documents of a whole replayed case, left on disk by a demo that has ended.
    pub(crate) fn papers(binary: &Path) -> Result<Papers> {
        let mut demo = Self::start(binary, Some("2010-12-31"))?;
        demo.stop();
        let mut files = pdfs(&demo.data)?;
        ensure!(!files.is_empty(), "no file under its data folder is a PDF");
        // With keys the same case comes to the same day; what is new there is what was signed.
        let mut electronic = Self::start_electronic(binary, "2008-10-21")?;
        electronic.stop();
        let mut signed = Vec::new();
        for file in pdfs(&electronic.data)? {
            let bytes = std::fs::read(&file)?;
            if bytes.windows(19).any(|window| window == b"ETSI.CAdES.detached") {
                signed.push(file);
            }
        }
        files.extend(signed.clone());
        files.extend(studies(binary, &demo.data)?);
        let anchor = electronic.data.join("keys/test-root.pem");
        Ok(Papers { files, signed, anchor, _demos: [demo, electronic] })
    }

    /// Ends it at once, the way a machine would; its data stays until it is dropped.
    pub(crate) fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Studies in both languages, of a panel that is made up; one of difference-in-differences, with other drawings.
fn studies(binary: &Path, folder: &Path) -> Result<Vec<PathBuf>> {
    let panel = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/kvarter/tests/data/panel.csv");
    let mut files = Vec::new();
    for (language, method) in [("sv", "sc"), ("en", "sc"), ("sv", "did")] {
        let file = folder.join(format!("study-{language}-{method}.pdf"));
        let mut command = Command::new(binary);
        command.args(["--language", language, "evaluate", "--panel", panel, "--unit", "område"]);
        command.args(["--time", "år", "--outcome", "arbetslöshet", "--treated", "behandlad"]);
        command.args(["--method", method, "--json", "--pdf"]).arg(&file).stdout(Stdio::null());
        ensure!(command.status()?.success(), "no study in {language} by {method}");
        files.push(file);
    }
    Ok(files)
}

fn spawn(binary: &Path, data: &Path, until: Option<&str>, electronic: bool) -> Result<(Child, u16)> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let mut command = Command::new(binary);
    command.arg("demo").arg("--data").arg(data).args(["--port", &port.to_string()]);
    if electronic {
        command.arg("--electronic");
    }
    if let Some(day) = until {
        command.args(["--until", day]);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().with_context(|| format!("could not start {}", binary.display()))?;
    Ok((child, port))
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.stop();
        let _ = std::fs::remove_dir_all(&self.data);
    }
}

/// The PDFs a demo left behind, kept until this is dropped.
pub(crate) struct Papers {
    files: Vec<PathBuf>,
    signed: Vec<PathBuf>,
    anchor: PathBuf,
    _demos: [Demo; 2],
}

impl Papers {
    /// Where they are.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        self.files.clone()
    }

    /// Those that were signed with keys.
    pub(crate) fn signed(&self) -> Vec<PathBuf> {
        self.signed.clone()
    }

    /// The certificate that their keys lead to.
    pub(crate) fn anchor(&self) -> &Path {
        &self.anchor
    }
}

/// Documents are stored by their hash, so a PDF is known by how it begins and not by its name.
fn pdfs(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let mut start = [0_u8; 5];
            let mut file = std::fs::File::open(entry.path())?;
            if file.read_exact(&mut start).is_ok() && &start == b"%PDF-" {
                found.push(entry.into_path());
            }
        }
    }
    Ok(found)
}
