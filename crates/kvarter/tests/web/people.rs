//! People who visit: each with cookies of their own, in a demonstration of their own.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use kvarter::language::Words;
use kvarter::web::{Served, Site, router};
use kvarter_domain::text::Language;
use kvarter_services::clock::Clock;
use kvarter_services::keys::KeySettings;
use kvarter_services::operations::{Place, StoreSettings};
use kvarter_services::{App, Settings, demo};
use tower::ServiceExt as _;

/// A demonstration on SQLite in a folder that goes when the test ends.
pub(crate) struct House {
    pub(crate) app: Arc<App>,
    router: Router,
    _folder: tempfile::TempDir,
}

fn words(key: &str) -> String {
    Words(Language::Sv).t(key)
}

impl House {
    /// An installation where nothing has happened yet.
    pub(crate) async fn empty(demo: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the house");
        let settings = Settings {
            store: StoreSettings {
                database: format!("sqlite://{}/kvarter.db?mode=rwc", folder.path().display()),
                documents: Place::Folder(folder.path().join("documents")),
                document_bytes_max: 50 << 20,
                origin: "house".to_owned(),
            },
            programmes: Vec::new(),
            keys: KeySettings::default(),
            demo_electronic: false,
            demo,
            words,
            wording: kvarter::judgement::wording(Language::Sv),
        };
        let start = "2008-09-18T06:00:00Z".parse().expect("an instant");
        let app = App::open(settings, Clock::at(start)).await.expect("the house opens");
        let app = Arc::new(app);
        let router = router(Served::new(Arc::clone(&app), Site::default()));
        Self { app, router, _folder: folder }
    }

    /// Stockholm in 2008, as far as the source goes.
    pub(crate) async fn stockholm_2008() -> Self {
        let house = Self::empty(true).await;
        demo::prepare(&house.app).await.expect("the source can be replayed");
        house
    }

    /// Stockholm with the case carried on to an hour.
    pub(crate) async fn stockholm_until(hour: &str) -> Self {
        let house = Self::stockholm_2008().await;
        let hour = hour.parse().expect("an hour in a test");
        demo::run_until(&house.app, hour, &|_, _| {}).await.expect("the case is carried on");
        house
    }

    /// Someone who comes with no cookies.
    pub(crate) fn stranger(&self) -> Visitor {
        Visitor { router: self.router.clone(), cookies: BTreeMap::new(), headers: Vec::new() }
    }

    /// Someone signed in as one of the script's people: `registrar`, `officer`, `chair` …
    pub(crate) async fn signed_in(&self, key: &str) -> Visitor {
        let mut visitor = self.stranger();
        let page =
            visitor.post("/logga-in/som", &[("som", &format!("demo-{key}")), ("till", "/att-gora")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{key} signs in");
        visitor
    }

    /// How many events the log has: what must not grow when something is refused.
    pub(crate) async fn events(&self) -> u64 {
        let ctx = self.app.system();
        kvarter_services::log::checkpoint(&ctx, &self.app).await.expect("the log is read").size
    }
}

/// A person at a browser, without the browser.
#[derive(Clone)]
pub(crate) struct Visitor {
    router: Router,
    pub(crate) cookies: BTreeMap<String, String>,
    /// What the browser says of itself besides.
    pub(crate) headers: Vec<(&'static str, &'static str)>,
}

/// A file in a form: its field, its name, its bytes.
pub(crate) type File<'a> = (&'a str, &'a str, &'a [u8]);

impl Visitor {
    /// Opens a page.
    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.ask(Method::GET, path, None, Vec::new()).await
    }

    /// Sends a form as it is.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let encoded = |text: &str| {
            text.bytes().fold(String::new(), |mut encoded, byte| {
                use std::fmt::Write as _;
                let _ = write!(encoded, "%{byte:02X}");
                encoded
            })
        };
        let pairs = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        self.ask(Method::POST, path, Some("application/x-www-form-urlencoded".to_owned()), body.into_bytes())
            .await
    }

    /// Opens the page of a form, fills in what is given and leaves the rest as it stands, and sends it. An
    /// empty value unticks or empties a field.
    pub(crate) async fn fill_in(&mut self, path: &str, fields: &[(&str, &str)], files: &[File<'_>]) -> Page {
        let page = self.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path} opens: {}", page.text());
        let form = page.form(path);
        self.send(path, &form, fields, files).await
    }

    /// Sends a form that was opened before.
    pub(crate) async fn send(
        &mut self,
        path: &str,
        form: &[(String, String)],
        fields: &[(&str, &str)],
        files: &[File<'_>],
    ) -> Page {
        let kept = form.iter().filter(|(name, _)| !fields.iter().any(|(changed, _)| changed == name));
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        let changed = fields.iter().copied().filter(|(_, value)| !value.is_empty());
        let mut body = Vec::new();
        for (name, value) in kept.chain(changed) {
            let head =
                format!("--grans\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(head.into_bytes());
        }
        for (field, name, bytes) in files {
            let head = format!(
                "--grans\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--grans--\r\n");
        self.ask(Method::POST, path, Some("multipart/form-data; boundary=grans".to_owned()), body).await
    }

    /// Asks for an address in some way.
    pub(crate) async fn by(&mut self, method: Method, path: &str) -> Page {
        self.ask(method, path, None, Vec::new()).await
    }

    async fn ask(&mut self, method: Method, path: &str, kind: Option<String>, body: Vec<u8>) -> Page {
        let mut request = Request::builder().method(method).uri(path);
        if !self.cookies.is_empty() {
            let cookies: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, *value);
        }
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("a cookie in plain letters");
            let (name, rest) = line.split_once('=').expect("a cookie has a name");
            let value = rest.split(';').next().unwrap_or_default();
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let body = to_bytes(body, 64 << 20).await.expect("a body").to_vec();
        Page { status: parts.status, headers: parts.headers, body }
    }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Page {
    /// The whole of it as text, with what the markup escapes written out.
    pub(crate) fn text(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        text.replace("&#39;", "'").replace("&#34;", "\"").replace("&#38;", "&").replace("&amp;", "&")
    }

    /// Whether the words stand on it.
    pub(crate) fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// Where it leads on to.
    pub(crate) fn leads_to(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// What a browser would send of the form with this action, if it were sent as it stands.
    pub(crate) fn form(&self, action: &str) -> Vec<(String, String)> {
        let text = self.text();
        let start = text
            .find(&format!("action=\"{action}\""))
            .unwrap_or_else(|| panic!("no form {action} in {text}"));
        let form = &text[start..];
        let form = &form[..form.find("</form>").expect("a form ends")];
        let mut fields = Vec::new();
        for tag in form.split('<').skip(1).filter(|tag| tag.starts_with("input ")) {
            let tag = tag.split('>').next().unwrap_or_default();
            let attribute = |name: &str| {
                let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
                rest.split('"').next().map(str::to_owned)
            };
            let ticked = tag.contains(" checked");
            let kind = attribute("type").unwrap_or_default();
            if kind == "file" || (matches!(kind.as_str(), "checkbox" | "radio") && !ticked) {
                continue;
            }
            if let Some(name) = attribute("name") {
                fields.push((name, attribute("value").unwrap_or_default()));
            }
        }
        for list in form.split("<select ").skip(1) {
            let name =
                list.split(" name=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            let options = list.split("</select>").next().unwrap_or_default();
            let chosen = options.split("<option ").skip(1).find(|option| option.contains(" selected"));
            let first = options.split("<option ").nth(1);
            let value =
                chosen.or(first).and_then(|o| o.split("value=\"").nth(1)).and_then(|v| v.split('"').next());
            fields.push((name.to_owned(), value.unwrap_or_default().to_owned()));
        }
        fields
    }
}

/// The smallest PDF that a reader opens: one empty page.
pub(crate) const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n\
xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n\
trailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n";
