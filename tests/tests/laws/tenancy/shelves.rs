//! Lists on objects made to break the law of pages in every way, and the law that must catch each.

use async_graphql::{Context, EmptyMutation, EmptySubscription, Object, Schema, SimpleObject};
use kernel::gql::{self, Answer, Page, Paging};

use super::pages::astray;
use crate::world::sdl::Sdl;
use crate::world::{House, Interface, World};

#[derive(SimpleObject)]
struct Line {
    number: i32,
}

/// So many lines are on it.
struct Shelf(i32);

impl Shelf {
    async fn page(&self, gql: &Context<'_>, after: Option<String>, sort: String) -> Answer<Page<Line>> {
        let ctx = gql::ctx(gql);
        let answer = async {
            let paging = Paging::read(ctx, None, after, &sort).await?;
            let last = paging.after.as_ref().and_then(|key| key.first()).and_then(|number| number.parse::<i32>().ok());
            let lines = (last.unwrap_or(0) + 1..=self.0).map(|number| (vec![number.to_string()], Line { number }));
            paging.page(ctx, lines.collect(), None).await
        };
        Some(answer.await)
    }
}

#[Object]
impl Shelf {
    /// Keeps the law.
    async fn kept(&self, gql: &Context<'_>, after: Option<String>) -> Answer<Page<Line>> {
        self.page(gql, after, format!("kept:{}", self.0)).await
    }

    /// Nothing is ever on it, so that it shows nothing.
    async fn empty(&self, gql: &Context<'_>, after: Option<String>) -> Answer<Page<Line>> {
        Self(0).page(gql, after, format!("empty:{}", self.0)).await
    }

    /// Begins whatever the cursor says.
    async fn anywhere(&self, gql: &Context<'_>, after: Option<String>) -> Answer<Page<Line>> {
        drop(after);
        self.page(gql, None, format!("anywhere:{}", self.0)).await
    }

    /// Refuses every cursor, so that nobody can tell whether it knows another city's.
    async fn proud(&self, gql: &Context<'_>, after: Option<String>) -> Answer<Page<Line>> {
        if after.is_some() {
            return Some(Err(gql::invalid_argument("after", "no cursor is good enough")));
        }
        self.page(gql, None, format!("proud:{}", self.0)).await
    }

    /// Does not say whose cursor it is.
    async fn shared(&self, gql: &Context<'_>, after: Option<String>) -> Answer<Page<Line>> {
        self.page(gql, after, "shared".to_owned()).await
    }

    /// Where nobody looks.
    async fn cellar(&self) -> Cellar {
        Cellar
    }
}

struct Cellar;

#[Object]
impl Cellar {
    /// No query leads here.
    async fn bottles(&self, gql: &Context<'_>, after: Option<String>) -> Answer<Page<Line>> {
        Shelf(1).page(gql, after, "bottles".to_owned()).await
    }
}

struct Query;

#[Object]
impl Query {
    /// One.
    async fn shelf(&self) -> Shelf {
        Shelf(1)
    }

    /// Several, of which the first has no row.
    async fn shelves(&self) -> Vec<Shelf> {
        vec![Shelf(0), Shelf(1), Shelf(2)]
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_that_begin_with_whatever_cursor_or_are_never_asked_are_caught_on_each_way() {
    let (world, house) = (World::on_sqlite().await, House::new());
    let schema = Schema::build(Query, EmptyMutation, EmptySubscription).finish();
    let sdl = Sdl::read(&schema.sdl());
    let found = astray(&world, &house, &Interface { schema, sdl }).await;
    let told = [
        "Cellar.bottles: no query leads to it",
        "shelf.empty: no row in ",
        "shelf.anywhere: begins with another city's cursor: ",
        "shelf.proud: one's own cursor is not good: ",
        "shelves.empty: no row in ",
        "shelves.anywhere: begins with the cursor of another object: ",
        "shelves.proud: one's own cursor is not good: ",
        "shelves.shared: begins with the cursor of another object: ",
    ];
    assert_eq!(found.breaches.len(), told.len(), "{:#?}", found.breaches);
    for (breach, begins) in found.breaches.iter().zip(told) {
        assert!(breach.starts_with(begins), "{breach}");
    }
    assert_eq!(found.asked, ["shelf.kept", "shelf.shared", "shelves.kept"]);
}
