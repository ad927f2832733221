//! Postings on their way (招聘信息与渠道): what hiring's fields are about.

use ::hiring::channels::rows::{channel, channel_delivery};
use ::hiring::kinds::ChannelKind;
use kernel::Actor;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::{Value, json};
use uuid::Uuid;

use super::fill;
use super::make::Thing;
use super::{House, PLATFORM, Town, World};

impl World {
    /// A published posting, which the channels and the province have heard of.
    pub(crate) async fn posting(&self, town: &Town) -> Uuid {
        let ctx = self.ctx(town, Actor::System("test")).await;
        let county = fill::Things::county(&self.made(town)).to_owned();
        let people = people::MadeUp { workers: 0, parties: 1, counties: vec![county], trades: Vec::new() };
        let parties = people::seed_people(&ctx, &people).await.expect("a hiring party");
        let markets = markets::all_of(&ctx).await.expect("the markets");
        let trades = vec![("4-02-05-01".to_owned(), "装卸搬运工".to_owned())];
        let of = ::hiring::MadeUpPostings { postings: 1, parties, markets, trades };
        ::hiring::seed_postings(&ctx, &of).await.expect("a posting");
        let newest = ::hiring::rows::posting::Entity::find().order_by_desc(::hiring::rows::posting::Column::Id);
        let id = newest.one(&ctx.scope()).await.expect("postings are read").expect("there is a market").id;
        ::hiring::plan_deliveries(&ctx, id).await.expect("it is planned");
        self.drain(town.code).await;
        id
    }

    /// A thing of hiring, of this kind.
    pub(super) async fn hired(&self, house: &House, town: &Town, kind: &str) -> Thing {
        let town = if town.code == PLATFORM { self.town(super::TAIYUAN) } else { town };
        self.standing_market(house, town).await?;
        let id = self.posting(town).await;
        let ctx = self.ctx(town, Actor::System("test")).await;
        let (scope, by_hand) = (ctx.scope(), ChannelKind::Wechat);
        let of = |kind: ChannelKind| channel::Entity::find().filter(channel::Column::Kind.eq(kind));
        let kind_of = if kind == "PrintedChannel" { ChannelKind::Printed } else { by_hand };
        let channel = of(kind_of).one(&scope).await.expect("channels are read").expect("the channel is there");
        let found = match kind {
            "Posting" => (ctx.gid("Posting", id), Value::Null),
            "ChannelDelivery" => {
                let delivery = channel_delivery::Entity::find()
                    .filter(channel_delivery::Column::PostingId.eq(id))
                    .filter(channel_delivery::Column::ChannelId.eq(channel.id))
                    .one(&scope)
                    .await
                    .expect("deliveries are read")
                    .expect("it waits for a hand");
                (ctx.gid("ChannelDelivery", delivery.id), json!(delivery.version))
            }
            _ => (ctx.gid("Channel", channel.id), json!(channel.version)),
        };
        Ok((json!(found.0.to_string()), found.1))
    }
}
