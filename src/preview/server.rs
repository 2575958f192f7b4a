//! The server: what is answered to whom.
//!
//! An address is looked up in the plan of the site; what is not planned is not there. The preview's own addresses lie
//! below `/__dateline/`.

use super::client;
use super::gate;
use super::lookup::{Answer, LookUp, Shown};
use super::response::{Content, Data, HTML, media_type, plain, redirect, send};
use super::settings::Settings;
use super::stand::{Edition, Stand};
use super::status::status;
use super::view::{OWN, View};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use serde_json::json;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// How soon a browser tries again to hear of news when the server went away.
const RETRY: Duration = Duration::from_millis(500);
/// How long a page that was just edited is waited for, until the edit has been read.
const PATIENCE: Duration = Duration::from_secs(3);

/// What the server answers from.
pub(super) struct House {
    pub stand: Arc<Stand>,
    pub settings: Settings,
}

impl House {
    /// What a visitor of an address gets: a page with the preview's own part behind it, or something else.
    fn look_up(&self, edition: &Edition, path: &str, patient: bool) -> Answer {
        let (stand, settings) = (&*self.stand, &self.settings);
        let mut answer = LookUp { stand, settings, edition, patient }.at(path);
        if let Answer::Page(shown) = &mut answer {
            let suffix = View { stand, settings, edition, path, shown }.suffix();
            shown.bytes = [&shown.bytes[..], suffix.as_bytes()].concat().into();
        }
        answer
    }
}

/// The service that answers every request.
pub(super) fn service(house: Arc<House>) -> Router {
    Router::new().fallback(answer).with_state(house)
}

async fn answer(State(house): State<Arc<House>>, request: Request) -> Response<Body> {
    let (request, _) = request.into_parts();
    let path = match gate::admit(&request, &house.settings.hosts) {
        Ok(path) => path,
        Err(refusal) => return plain(refusal.status, &refusal.why),
    };
    let text = |media_type: &str, text: &'static str| {
        let data = Data::Bytes(Bytes::from_static(text.as_bytes()));
        send(&request, Content { status: StatusCode::OK, media_type: media_type.to_owned(), data })
    };
    match path.strip_prefix(OWN) {
        Some("events") => events(house),
        Some("status") => {
            let query = request.uri.query().unwrap_or_default().to_owned();
            let status = blocking(&house, move |house| status(&house.stand, &house.settings, &query));
            let Some(json) = status.await.and_then(|status| serde_json::to_vec(&status).ok()) else {
                return plain(StatusCode::INTERNAL_SERVER_ERROR, "nothing could be said; this is a bug");
            };
            let data = Data::Bytes(json.into());
            send(
                &request,
                Content { status: StatusCode::OK, media_type: "application/json".to_owned(), data },
            )
        }
        Some("client.js") => text(&media_type("client.js"), client::SCRIPT),
        Some("client.css") => text(&media_type("client.css"), client::STYLE),
        Some(_) => plain(StatusCode::NOT_FOUND, "the preview has nothing at this address"),
        None => page(&house, &request, path).await,
    }
}

/// Tells of every edition once it can be fetched, and when something is found in one.
fn events(house: Arc<House>) -> Response<Body> {
    let editions = house.stand.subscribe();
    // With the number of the edition that was told last; there is none before the first event.
    let events = stream::unfold((editions, None), move |(mut editions, told)| {
        let boot = house.stand.boot.clone();
        async move {
            if told.is_some() {
                editions.changed().await.ok()?;
            }
            let (number, follow) = {
                let edition = editions.borrow_and_update();
                // Who comes later, or hears of the same edition again, is not taken anywhere.
                let is_new = told.is_some_and(|told| told < edition.number);
                (edition.number, edition.follow.clone().filter(|_| is_new))
            };
            let data = json!({ "edition": format!("{boot}.{number}"), "follow": follow });
            let event = Event::default().event("edition").retry(RETRY).data(data.to_string());
            Some((Ok::<_, Infallible>(event), (editions, Some(number))))
        }
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

/// Answers a request for an address of the site. A page that is being changed is waited for, and so is the first
/// edition.
async fn page(house: &Arc<House>, request: &Parts, path: String) -> Response<Body> {
    let mut editions = house.stand.subscribe();
    let query = request.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut deadline = None;
    loop {
        let edition = editions.borrow_and_update().clone();
        let number = edition.number;
        let answer = if number == 0 {
            Some(Answer::Later)
        } else {
            let path = path.clone();
            let patient = deadline.is_none_or(|deadline| Instant::now() < deadline);
            blocking(house, move |house| house.look_up(&edition, &path, patient)).await
        };
        match answer {
            Some(Answer::Page(Shown { status, bytes, .. })) => {
                let content = Content { status, media_type: HTML.to_owned(), data: Data::Bytes(bytes) };
                return send(request, content);
            }
            Some(Answer::File(content)) => return send(request, content),
            Some(Answer::Redirect(to)) => return redirect(&format!("{to}{query}")),
            Some(Answer::Refused(status, why)) => return plain(status, why),
            Some(Answer::Later) if number == 0 => {
                if editions.changed().await.is_err() {
                    return plain(StatusCode::SERVICE_UNAVAILABLE, "the preview is ending");
                }
            }
            Some(Answer::Later) => {
                let until = *deadline.get_or_insert(Instant::now() + PATIENCE);
                // Whether it came or not, the next look is by what there is then.
                drop(timeout_at(until, editions.wait_for(|edition| edition.number > number)).await);
            }
            None => {
                return plain(StatusCode::INTERNAL_SERVER_ERROR, "the page could not be made; this is a bug");
            }
        }
    }
}

/// Runs what takes longer than a moment where it holds up nobody. `None` where it panicked.
async fn blocking<T: Send + 'static>(
    house: &Arc<House>,
    work: impl FnOnce(&House) -> T + Send + 'static,
) -> Option<T> {
    let house = house.clone();
    let done = tokio::task::spawn_blocking(move || {
        let _visit = house.stand.traffic.visit();
        work(&house)
    });
    done.await.ok()
}
