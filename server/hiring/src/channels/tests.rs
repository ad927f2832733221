//! Postings on their way to the channels and back, on either back end.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::Duration;
use kernel::clock::ManualClock;
use kernel::config::{Config, DEFAULT_FILE};
use kernel::kernel::NewTenant;
use kernel::keys::RootKey;
use kernel::policy::{Action, ScopeKind};
use kernel::store::PLATFORM;
use kernel::worker::Worker;
use kernel::{Actor, Ctx, Kernel, Lang, Never, Stop, Tx};
use markets::testing::officer;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::adapters::Wish;
use super::operations::add_channel::{AddChannel, add_channel};
use super::operations::plan_deliveries::plan_deliveries;
use super::operations::save_channel::{SaveChannel, save_channel};
use super::queries;
use super::rows::{channel, channel_delivery, province_posting};
use crate::kinds::{ChannelKind, DeliveryStatus, PostingStatus};
use crate::operations::seed_postings::{MadeUpPostings, seed_postings};
use crate::rows::posting;

mod by_hand;
mod contents;
mod daily;
mod lag;
mod paces;
mod refused;
mod screen;

static ARRANGE: Action = Action::new("test", "arrange", "布置", "Arrange");
const CITY: &str = "140100";

struct House {
    kernel: Arc<Kernel>,
    clock: ManualClock,
}

impl House {
    async fn build(dir: &Path) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let mut config = Config::load(Some(DEFAULT_FILE), std::iter::empty()).unwrap();
        config.data_dir = dir.to_path_buf();
        config.channels.partner_dir = dir.join("share");
        std::fs::create_dir(dir.join("share")).unwrap();
        let admin = markets::testing::on_postgres();
        if let Some(url) = &admin {
            config.database.url.clone_from(url);
            config.database.prefix =
                format!("channels{}_{}_", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        }
        let clock = ManualClock::at("2026-11-25T20:30:00Z".parse().unwrap());
        let manifests = vec![kernel::house::manifest(), people::manifest(), markets::manifest(), crate::manifest()];
        let kernel = Kernel::build(config, Arc::new(clock.clone()), RootKey::new([7; 32]), manifests);
        kernel.ensure_platform(admin.as_deref()).await.unwrap();
        let city = NewTenant {
            code: CITY.to_owned(),
            slug: "taiyuan".to_owned(),
            name_zh: "太原市".to_owned(),
            name_en: "Taiyuan".to_owned(),
            hotline: None,
        };
        kernel.create_tenant(city, admin.as_deref()).await.unwrap();
        Self { kernel, clock }
    }

    async fn by(&self, actor: Actor) -> Ctx {
        self.kernel.ctx(CITY, actor, Lang::Zh).await.unwrap()
    }

    async fn bureau(&self) -> Ctx {
        self.by(officer("bureau_officer", ScopeKind::City, "")).await
    }

    async fn house(&self) -> Ctx {
        self.by(Actor::System("test")).await
    }

    async fn province(&self) -> Ctx {
        self.kernel.ctx(PLATFORM, Actor::Anonymous, Lang::Zh).await.unwrap()
    }

    /// Does all that is due.
    async fn settle(&self) {
        let mut worker = Worker::new(Arc::clone(&self.kernel), "test".to_owned());
        worker.drain(CITY).await.unwrap();
    }

    /// A published posting, announced to the channels.
    async fn publish(&self) -> Uuid {
        let id = self.post().await;
        plan_deliveries(&self.house().await, id).await.unwrap();
        id
    }

    /// A published posting of which the channels did not hear yet.
    async fn post(&self) -> Uuid {
        let ctx = self.house().await;
        let people = people::MadeUp { workers: 0, parties: 1, counties: vec!["140105".to_owned()], trades: Vec::new() };
        let parties = people::seed_people(&ctx, &people).await.unwrap();
        let market =
            markets::register_market(&self.bureau().await, markets::testing::market("坞城零工市场"), None).await;
        let market = match market {
            Ok(outcome) => outcome.id,
            Err(_) => markets::market_named(&ctx, "坞城零工市场").await.unwrap().unwrap(),
        };
        let of = MadeUpPostings {
            postings: 1,
            parties,
            markets: vec![(market, "140105".to_owned())],
            trades: vec![("4-02-05-01".to_owned(), "装卸搬运工".to_owned())],
        };
        let before = self.postings().await;
        seed_postings(&ctx, &of).await.unwrap();
        self.postings().await.into_iter().find(|id| !before.contains(id)).unwrap()
    }

    async fn postings(&self) -> Vec<Uuid> {
        posting::Entity::find().all(&self.house().await.scope()).await.unwrap().into_iter().map(|row| row.id).collect()
    }

    /// Gives a posting another state and version, as withdrawing and amending do.
    async fn change(&self, id: Uuid, status: PostingStatus) {
        self.write(id, status).await;
        plan_deliveries(&self.house().await, id).await.unwrap();
    }

    /// The same, of which the channels did not hear yet.
    async fn write(&self, id: Uuid, status: PostingStatus) {
        let ctx = self.house().await;
        let done: Result<(), Stop<Never>> = ctx
            .transact(&ARRANGE, |tx: Tx| async move {
                posting::Entity::update_many()
                    .col_expr(posting::Column::Status, Expr::value(status.code()))
                    .col_expr(posting::Column::Version, Expr::col(posting::Column::Version).add(1))
                    .col_expr(posting::Column::UpdatedAt, Expr::value(tx.ctx().now()))
                    .filter(posting::Column::Id.eq(id))
                    .exec(&tx)
                    .await?;
                Ok(())
            })
            .await;
        done.unwrap();
    }

    async fn channel(&self, kind: ChannelKind) -> channel::Model {
        let ctx = self.house().await;
        let slot = channel::Column::Slot.eq(kind.code());
        channel::Entity::find().filter(slot).one(&ctx.scope()).await.unwrap().unwrap()
    }

    async fn delivery(&self, id: Uuid, kind: ChannelKind) -> channel_delivery::Model {
        let (ctx, channel) = (self.house().await, self.channel(kind).await);
        channel_delivery::Entity::find()
            .filter(channel_delivery::Column::PostingId.eq(id))
            .filter(channel_delivery::Column::ChannelId.eq(channel.id))
            .one(&ctx.scope())
            .await
            .unwrap()
            .unwrap()
    }

    async fn states(&self, id: Uuid) -> Vec<(ChannelKind, DeliveryStatus)> {
        let mut states = Vec::new();
        for kind in ChannelKind::ALL {
            states.push((kind, self.delivery(id, kind).await.status));
        }
        states
    }

    /// What the file of the partner says.
    fn file(&self) -> String {
        let path = self.kernel.config.partner_dir().0.join(CITY).join("partner.json");
        std::fs::read_to_string(path).unwrap_or_default()
    }

    async fn at_the_province(&self) -> Vec<(String, bool)> {
        let rows = province_posting::Entity::find().all(&self.province().await.scope()).await.unwrap();
        rows.into_iter().map(|row| (row.title, row.gone)).collect()
    }
}

#[tokio::test]
async fn a_published_posting_is_on_every_channel_that_serves_itself_and_waits_for_a_hand_on_the_others() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.publish().await;
    house.settle().await;
    for (kind, status) in house.states(id).await {
        let by_hand = matches!(kind, ChannelKind::Printed | ChannelKind::Wechat);
        assert_eq!(status, if by_hand { DeliveryStatus::Queued } else { DeliveryStatus::Sent }, "{kind:?}");
    }
    let feed = queries::feed(&house.house().await).await.unwrap();
    assert!(feed.contains("装卸搬运工1人") && feed.contains("样本用工单位00000"), "{feed}");
    assert!(house.file().contains("装卸搬运工1人"));
    assert_eq!(house.at_the_province().await, [("装卸搬运工1人".to_owned(), false)]);
    let screen = house.channel(ChannelKind::HallScreen).await;
    let lines = queries::lines(&house.bureau().await, screen.id, 10).await.unwrap();
    assert_eq!(lines.len(), 1);
    assert!(lines[0].1.starts_with("装卸搬运工1人｜160元/天｜11月27日 05:00｜1人｜建设路1号"), "{}", lines[0].1);
}

#[tokio::test]
async fn a_withdrawn_posting_is_gone_everywhere_though_a_channel_was_down_for_an_hour_and_the_lag_is_shown() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.publish().await;
    house.settle().await;
    std::fs::rename(dir.path().join("share"), dir.path().join("gone")).unwrap();
    house.change(id, PostingStatus::Withdrawn).await;
    house.settle().await;
    assert_eq!(house.delivery(id, ChannelKind::Feed).await.status, DeliveryStatus::Withdrawn);
    assert_eq!(house.delivery(id, ChannelKind::Partner).await.status, DeliveryStatus::Withdrawing);
    assert_eq!(house.channel(ChannelKind::Partner).await.last_error.as_deref(), Some("FOLDER_UNAVAILABLE"));
    for _ in 0..12 {
        house.clock.advance(Duration::minutes(5));
        house.settle().await;
    }
    let waiting = house.delivery(id, ChannelKind::Partner).await;
    assert!(waiting.status == DeliveryStatus::Withdrawing && waiting.attempts > 5, "{waiting:?}");
    std::fs::rename(dir.path().join("gone"), dir.path().join("share")).unwrap();
    assert!(house.file().contains("装卸搬运工"), "it is shown until it is taken away");
    house.clock.advance(Duration::minutes(5));
    house.settle().await;
    let gone = house.delivery(id, ChannelKind::Partner).await;
    assert_eq!((gone.status, gone.shown_version), (DeliveryStatus::Withdrawn, None));
    assert_eq!(house.file(), "[]");
    assert_eq!(queries::feed(&house.house().await).await.unwrap(), "[]");
    assert_eq!(house.at_the_province().await, [(String::new(), true)], "nothing stands on a tombstone");
    let partner = house.channel(ChannelKind::Partner).await;
    assert_eq!((partner.down_since, partner.last_error), (None, None));
    let paces = queries::paces(&house.house().await).await.unwrap();
    assert_eq!(queries::seconds(&paces[&partner.id].withdrawn_ms, 100), Some(65 * 60));
    assert_eq!(queries::seconds(&paces[&partner.id].sent_ms, 100), Some(0), "how long it took to be there is kept");
    assert_eq!(queries::seconds(&paces[&house.channel(ChannelKind::Feed).await.id].withdrawn_ms, 100), Some(0));
}

#[tokio::test]
async fn an_outbox_that_stood_still_shows_in_the_lag_of_every_channel_and_of_the_province() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.post().await;
    house.clock.advance(Duration::minutes(10));
    plan_deliveries(&house.house().await, id).await.unwrap();
    house.settle().await;
    house.write(id, PostingStatus::Withdrawn).await;
    house.clock.advance(Duration::hours(1));
    plan_deliveries(&house.house().await, id).await.unwrap();
    house.settle().await;
    let paces = queries::paces(&house.house().await).await.unwrap();
    for kind in [ChannelKind::Feed, ChannelKind::Partner, ChannelKind::Province] {
        let pace = &paces[&house.channel(kind).await.id];
        let lags = [&pace.sent_ms, &pace.withdrawn_ms].map(|lags| queries::seconds(lags, 100));
        assert_eq!(lags, [Some(10 * 60), Some(60 * 60)], "{kind:?}");
    }
    let there = province_posting::Entity::find().all(&house.province().await.scope()).await.unwrap();
    let lags: Vec<_> = there.iter().map(|row| (row.gone, row.lag_ms, row.gone_lag_ms)).collect();
    assert_eq!(lags, [(true, 600_000, Some(3_600_000))]);
}

#[tokio::test]
async fn a_posting_that_comes_back_is_shown_again_and_an_older_version_wakes_no_tombstone() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    let id = house.publish().await;
    house.settle().await;
    house.change(id, PostingStatus::Filled).await;
    house.settle().await;
    assert_eq!(house.at_the_province().await, [(String::new(), true)], "nothing stands on a tombstone");
    let ctx = house.house().await;
    let notices = super::store::notices(&ctx, &ctx.scope(), &[id]).await.unwrap();
    let mut old = notices[&id].clone();
    old.row.version = 1;
    let pushed = super::operations::receive_postings::Pushed::of(&old, Wish { at: ctx.now(), number: 9 });
    let late = super::operations::receive_postings::receive_postings(&ctx, CITY.to_owned(), vec![pushed], Vec::new());
    assert_eq!(late.await.unwrap().len(), 0, "what comes late changes nothing");
    house.change(id, PostingStatus::Published).await;
    house.settle().await;
    assert_eq!(house.at_the_province().await, [("装卸搬运工1人".to_owned(), false)]);
    assert_eq!(house.delivery(id, ChannelKind::Feed).await.shown_version, Some(3));
}

#[tokio::test]
async fn a_text_of_the_citys_own_is_brought_anew_and_a_hole_that_nothing_fits_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    house.publish().await;
    house.settle().await;
    let (bureau, screen) = (house.bureau().await, house.channel(ChannelKind::HallScreen).await);
    let own = |text: &str| Some(text.to_owned());
    let bad = save_channel(&bureau, (screen.id, screen.version), own("{title}{salary}"), true, None).await;
    assert!(matches!(bad, Err(Stop::Refused(SaveChannel::UnknownPlaceholder { name, .. })) if name == "salary"));
    let stale = save_channel(&bureau, (screen.id, 7), own("{title}"), true, None).await;
    assert!(matches!(stale, Err(Stop::Refused(SaveChannel::Conflict { current: 1 }))));
    save_channel(&bureau, (screen.id, 1), own("急招{title}，{wage}"), true, None).await.unwrap();
    house.settle().await;
    let lines = queries::lines(&bureau, screen.id, 10).await.unwrap();
    assert_eq!(lines[0].1, "急招装卸搬运工1人，160元/天");
    save_channel(&bureau, (screen.id, 2), None, false, None).await.unwrap();
    house.settle().await;
    assert_eq!(queries::lines(&bureau, screen.id, 10).await.unwrap().len(), 0, "switched off, it shows nothing");
}

#[tokio::test]
async fn a_market_may_have_a_screen_of_its_own_with_its_own_postings_and_one_alone() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    markets::teach(&house.kernel);
    let id = house.publish().await;
    house.settle().await;
    let bureau = house.bureau().await;
    let market = markets::market_named(&bureau, "坞城零工市场").await.unwrap().unwrap();
    let other = markets::register_market(&bureau, markets::testing::market("平阳路零工市场"), None).await.unwrap().id;
    let (own, elsewhere) = (
        add_channel(&bureau, market, ChannelKind::HallScreen, None).await.unwrap().id,
        add_channel(&bureau, other, ChannelKind::HallScreen, None).await.unwrap().id,
    );
    house.settle().await;
    let shown = queries::lines(&bureau, own, 10).await.unwrap();
    assert_eq!(shown.iter().map(|line| line.0).collect::<Vec<_>>(), [id]);
    assert_eq!(queries::lines(&bureau, elsewhere, 10).await.unwrap().len(), 0);
    let twice = add_channel(&bureau, market, ChannelKind::HallScreen, None).await;
    assert!(matches!(twice, Err(Stop::Refused(AddChannel::Duplicate))));
    let shared = add_channel(&bureau, market, ChannelKind::Feed, None).await;
    assert!(matches!(shared, Err(Stop::Refused(AddChannel::NotOfAMarket))));
}

#[tokio::test]
async fn who_may_not_keep_channels_changes_none() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::build(dir.path()).await;
    house.publish().await;
    house.settle().await;
    let screen = house.channel(ChannelKind::HallScreen).await;
    let clerk = house.by(officer("market_staff", ScopeKind::Market, &Uuid::nil().to_string())).await;
    let refused = save_channel(&clerk, (screen.id, 1), None, false, None).await;
    assert!(matches!(refused, Err(Stop::Fault(kernel::Fault::Forbidden))));
    assert_eq!(house.channel(ChannelKind::HallScreen).await, screen);
}
