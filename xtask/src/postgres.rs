//! A PostgreSQL of our own for one test run: made in a temporary folder, thrown away at the end.
//!
//! It is ended even when the run is: a small guardian process waits on a pipe that only we hold
//! open, so when we are gone, however that happened, it stops the server and removes the folder.

use std::fs;
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::fs::{DirBuilderExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::{machine, run};

/// The guardian's whole life: start the server, wait for the pipe to close, stop and sweep.
const GUARDIAN: &str = r#"
"$1/postgres" -D "$2/data" >"$2/log" 2>&1 &
server=$!
read -r never
kill -INT "$server" 2>/dev/null
wait "$server" 2>/dev/null
cd / && rm -rf "$2"
"#;

/// A running cluster; dropping it ends it.
pub(crate) struct Cluster {
    guardian: Child,
    address: String,
}

impl Cluster {
    /// Makes and starts a cluster on a free loopback port.
    pub(crate) fn start() -> Result<Self> {
        let programs = initdb().context("initdb is not here")?;
        let programs = programs.parent().context("initdb stands in a folder")?.to_path_buf();
        let owner = owner()?;
        let folder = fresh_folder(owner)?;
        let secret = secret()?;
        initialise(&programs, &folder, owner, &secret)?;
        let port = free_port()?;
        configure(&folder, port)?;

        let mut command = Command::new("sh");
        command.args(["-c", GUARDIAN, "guardian"]).arg(&programs).arg(&folder).current_dir(&folder);
        // Its own process group, so that an interrupt at the keyboard reaches us and not the server.
        command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        as_owner(&mut command, owner);
        let guardian = command.spawn().context("could not start PostgreSQL")?;
        let address = format!("postgres://kvarter:{secret}@127.0.0.1:{port}/postgres");
        let mut cluster = Self { guardian, address };
        cluster.wait(&programs, &folder, port)?;
        Ok(cluster)
    }

    /// The address the tests connect to; its user may create databases.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    fn wait(&mut self, programs: &Path, folder: &Path, port: u16) -> Result<()> {
        let ready = || {
            let mut command = Command::new(programs.join("pg_isready"));
            command.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]);
            run::quietly(&mut command).is_ok_and(|outcome| outcome.ok)
        };
        for _ in 0..300 {
            if ready() {
                return Ok(());
            }
            if self.guardian.try_wait()?.is_some() {
                break;
            }
            thread::sleep(Duration::from_millis(100));
        }
        bail!("PostgreSQL did not start:\n{}", fs::read_to_string(folder.join("log")).unwrap_or_default())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Closing the pipe is the whole message.
        drop(self.guardian.stdin.take());
        let _ = self.guardian.wait();
    }
}

/// The newest `initdb` on the machine: Debian keeps one per version outside the path.
pub(crate) fn initdb() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|version| {
            let number: u32 = version.file_name().to_str()?.parse().ok()?;
            let program = version.path().join("bin/initdb");
            program.is_file().then_some((number, program))
        })
        .max();
    newest.map(|(_, program)| program).or_else(|| run::which("initdb"))
}

/// The user to run as: ourselves, or `postgres` when we are root, which PostgreSQL refuses to be.
fn owner() -> Result<Option<(u32, u32)>> {
    if !machine::root() {
        return Ok(None);
    }
    let number = |flag: &str| -> Result<u32> {
        let said = run::quietly(Command::new("id").args([flag, "postgres"]))?;
        ensure!(said.ok, "there is no user `postgres` to run the server as");
        Ok(said.out.trim().parse()?)
    };
    Ok(Some((number("-u")?, number("-g")?)))
}

fn as_owner(command: &mut Command, owner: Option<(u32, u32)>) {
    if let Some((user, group)) = owner {
        command.uid(user).gid(group);
    }
}

fn fresh_folder(owner: Option<(u32, u32)>) -> Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("kvarter-postgres-{}", std::process::id()));
    fs::DirBuilder::new()
        .mode(0o700)
        .create(&folder)
        .with_context(|| format!("could not make {}", folder.display()))?;
    if let Some((user, group)) = owner {
        chown(&folder, Some(user), Some(group))?;
    }
    Ok(folder)
}

/// A password for the run, so that nobody else on the machine can reach the server meanwhile.
fn secret() -> Result<String> {
    let mut bytes = [0_u8; 16];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn initialise(programs: &Path, folder: &Path, owner: Option<(u32, u32)>, secret: &str) -> Result<()> {
    let password = folder.join("password");
    fs::write(&password, secret)?;
    if let Some((user, group)) = owner {
        chown(&password, Some(user), Some(group))?;
    }
    let mut command = Command::new(programs.join("initdb"));
    command
        .args(["--username=kvarter", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"])
        .arg(format!("--pwfile={}", password.display()))
        .arg("-D")
        .arg(folder.join("data"))
        .current_dir(folder);
    as_owner(&mut command, owner);
    let done = run::quietly(&mut command)?;
    ensure!(done.ok, "initdb failed:\n{}", done.everything());
    fs::remove_file(password)?;
    Ok(())
}

/// Loopback only. `fsync` is off because the tests end our process, never the machine; what the
/// product needs of a server is in `docs/operations/postgresql.md`.
fn configure(folder: &Path, port: u16) -> Result<()> {
    let file = folder.join("data/postgresql.conf");
    let mut text = fs::read_to_string(&file)?;
    text.push_str(&format!(
        "\nlisten_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\n\
         max_connections = 300\nfsync = off\nfull_page_writes = off\n"
    ));
    fs::write(file, text)?;
    Ok(())
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
