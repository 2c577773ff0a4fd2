//! The papers of the demonstration's own continuation: an extract of minutes, and the document of any other act. Each
//! says that it belongs to a demonstration.

use kvarter_documents::{Document as Paper, model, render};

use super::script::{Script, Step, filled};
use crate::App;
use crate::aside::aside;
use crate::error::{Error, Result};
use crate::registry::Upload;

/// The extract of minutes that a decision leaves.
pub(super) async fn minutes(
    app: &App,
    script: &Script,
    step: &Step,
    body: &str,
    paragraph: Option<&str>,
    decision: &str,
) -> Result<Upload> {
    let model = model::Minutes {
        title: app.words("document-minutes"),
        body: body.to_owned(),
        organisation: party_name(app, script)?,
        reference: String::new(),
        paragraph: paragraph.unwrap_or_default().to_owned(),
        heading: app.words("subject-approval"),
        facts: vec![model::Fact { label: app.words("document-day"), value: step.at.date().to_string() }],
        sections: vec![model::Section { heading: None, paragraphs: vec![decision.to_owned()] }],
        mark: Some(script.mark.clone()),
        ..model::Minutes::default()
    };
    let moment = app.clock.now();
    rendered("protokollsutdrag.pdf", move || render(Paper::Minutes(&model), moment)).await
}

/// The document of any other act.
pub(super) async fn act(app: &App, script: &Script, step: &Step, text: &str) -> Result<Upload> {
    let district = step.district.as_ref();
    let text =
        script.text.get(text).ok_or_else(|| Error::Internal(format!("the script has no text {text}")))?;
    let someone = script.person.iter().find(|p| p.key == step.by);
    let state = someone.is_some_and(|p| p.organisation != script.municipality);
    let programme = app.programme(&script.programme)?;
    let sender = if state { programme.state.name.clone() } else { party_name(app, script)? };
    let model = model::Act {
        title: filled(&text.title, district),
        sender,
        facts: vec![model::Fact { label: app.words("document-day"), value: step.at.date().to_string() }],
        sections: vec![model::Section {
            heading: None,
            paragraphs: text.paragraphs.iter().map(|p| filled(p, district)).collect(),
        }],
        mark: Some(script.mark.clone()),
        ..model::Act::default()
    };
    let moment = app.clock.now();
    rendered("handling.pdf", move || render(Paper::Act(&model), moment)).await
}

fn party_name(app: &App, script: &Script) -> Result<String> {
    let programme = app.programme(&script.programme)?;
    Ok(programme.recipient(script.municipality.as_str()).map(|r| r.party_name.clone()).unwrap_or_default())
}

async fn rendered(
    name: &str,
    render: impl FnOnce() -> std::result::Result<kvarter_documents::Pdf, kvarter_documents::RenderError>
    + Send
    + 'static,
) -> Result<Upload> {
    let pdf = aside(render).await??;
    Ok(Upload::new(name, pdf.bytes))
}
