//! Which address is answered by what.

use super::app::App;
use super::work::{Route, answer};
use super::{api, assets, editing, guard, live as events, login, pages};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse as _;
use axum::routing::{MethodRouter, get, post};
use std::sync::Arc;
use tower_http::compression::CompressionLayer;

/// Bytes of a body: nothing but a form to log in is sent.
const BODY: usize = 16 * 1024;

type Routes = MethodRouter<Arc<App>>;

/// An address of the API of which the answer depends on nothing but the commit.
const fn of_commit(answer: api::Answer) -> Route {
    Route {
        is_page: false,
        of_commit: true,
        answer,
    }
}

const fn page(answer: api::Answer) -> Route {
    Route {
        is_page: true,
        of_commit: true,
        answer,
    }
}

/// What may change between two commits.
const fn live(route: Route) -> Route {
    Route {
        of_commit: false,
        ..route
    }
}

fn at(route: Route) -> Routes {
    get(move |State(app): State<Arc<App>>, parts: Parts| answer(app, route, parts, None))
}

/// An address that ends with the key of an article.
fn of_article(route: Route) -> Routes {
    get(
        move |State(app): State<Arc<App>>, Path(key): Path<String>, parts: Parts| {
            answer(app, route, parts, Some(key))
        },
    )
}

/// All routes, behind the checks that every request passes.
pub(super) fn router(app: Arc<App>) -> Router {
    let api = Router::new()
        .route("/search", at(of_commit(api::search)))
        .route("/facets", at(of_commit(api::facets)))
        .route("/timeline", at(of_commit(api::timeline)))
        .route("/pivot", at(of_commit(api::pivot)))
        .route("/terms", at(of_commit(api::terms)))
        .route("/suggest", at(of_commit(api::suggest)))
        .route("/similar", at(of_commit(api::similar)))
        .route("/cite", at(live(of_commit(api::cite))))
        .route("/stats", at(of_commit(api::stats)))
        .route("/saved", at(live(of_commit(api::saved))))
        .route("/events", at(of_commit(api::events)))
        .route("/export", at(of_commit(api::export)))
        .route("/live", get(events::live))
        .route("/articles/{key}", of_article(of_commit(api::article)))
        .route("/articles", at(of_commit(api::article)));
    let pages = Router::new()
        .route("/", at(page(pages::search)))
        .route(
            "/article/{key}",
            of_article(live(page(pages::article))).post(editing::article),
        )
        .route("/article/{key}/citation", of_article(live(page(pages::citation))))
        .route("/events", at(page(pages::events)))
        .route("/pivot", at(page(pages::pivot)))
        .route("/values", at(page(pages::values)))
        .route("/dossier", at(live(page(pages::dossier))))
        .route("/compare", at(page(pages::compare)))
        .route("/batch", at(page(pages::batch)))
        .route("/history", at(page(pages::history)))
        .route("/saved", at(live(page(pages::saved))).post(editing::saved))
        .route("/archive", at(page(pages::archive)))
        .route("/api", at(page(pages::api)));
    Router::new()
        .nest("/api/v1", api)
        .merge(pages)
        .route("/api/openapi.json", get(api::openapi))
        .route("/login", get(login::form).post(login::log_in))
        .route("/logout", post(login::log_out))
        .route("/assets/{name}", get(assets::asset))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/metrics", get(metrics))
        .fallback(guard::not_found)
        .layer(DefaultBodyLimit::max(BODY))
        .layer(from_fn_with_state(Arc::clone(&app), guard::guard))
        .layer(CompressionLayer::new())
        .with_state(app)
}

async fn metrics(State(app): State<Arc<App>>) -> axum::response::Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (kind, app.metrics.text()).into_response()
}
