//! What is done with channels (变更).

use async_graphql::{Context, ID, Object};
use kernel::gql::{self, Answer, ExportedFile};
use kernel::{Ctx, Fault, Once, blob};

use super::types::{Channel, ChannelDelivery, HallScreenLink, HungPostingList};
use crate::channels::operations::add_channel::{AddChannelRefused, add_channel};
use crate::channels::operations::close_hall_screen::{
    CloseHallScreen, CloseHallScreenReason, CloseHallScreenRefusalCode, close_hall_screen,
};
use crate::channels::operations::open_hall_screen::{
    OpenHallScreen, OpenHallScreenReason, OpenHallScreenRefusalCode, open_hall_screen,
};
use crate::channels::operations::print_list::{PrintPostingListRefused, print_list};
use crate::channels::operations::print_market_list::{PrintMarketPostingListRefused, print_market_list};
use crate::channels::operations::record_by_hand::{
    RecordChannelDelivery, RecordChannelDeliveryReason, RecordChannelDeliveryRefusalCode, record_by_hand,
};
use crate::channels::operations::record_list_hung::{RecordPostingListHungRefused, record_list_hung};
use crate::channels::operations::save_channel::{SaveChannel, SaveChannelReason, SaveChannelRefusalCode, save_channel};
use crate::kinds::ChannelKind;
use crate::schema::results;

results! {
    /// How adding a channel ended (增设渠道结果).
    AddChannelResult = Channel | AddChannelRefused;
    /// How saving a channel ended (设置渠道结果).
    SaveChannelResult = Channel | SaveChannelRefused;
    /// How opening the link of a screen ended (开通大屏链接结果).
    OpenHallScreenResult = HallScreenLink | OpenHallScreenRefused;
    /// How closing the link of a screen ended (停用大屏链接结果).
    CloseHallScreenResult = Channel | CloseHallScreenRefused;
    /// How recording a delivery ended (登记投递结果).
    RecordChannelDeliveryResult = ChannelDelivery | RecordChannelDeliveryRefused;
    /// How printing a list ended (打印清单结果).
    PrintPostingListResult = ExportedFile | PrintPostingListRefused;
    /// How printing the list of a market ended (打印本市场清单结果).
    PrintMarketPostingListResult = ExportedFile | PrintMarketPostingListRefused;
    /// How recording that a new list hangs ended (登记清单已更换结果).
    RecordPostingListHungResult = HungPostingList | RecordPostingListHungRefused;
}

kernel::with_current! {
    /// Why a channel was not saved (不予保存渠道).
    SaveChannelRefused(Channel) = SaveChannel: SaveChannelReason, SaveChannelRefusalCode;
    /// Why no link was made (不予开通大屏链接).
    OpenHallScreenRefused(Channel) = OpenHallScreen: OpenHallScreenReason, OpenHallScreenRefusalCode;
    /// Why no link was closed (不予停用大屏链接).
    CloseHallScreenRefused(Channel) = CloseHallScreen: CloseHallScreenReason, CloseHallScreenRefusalCode;
    /// Why it was not recorded (不予登记).
    RecordChannelDeliveryRefused(ChannelDelivery) = RecordChannelDelivery: RecordChannelDeliveryReason, RecordChannelDeliveryRefusalCode;
}

/// What is done with channels.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChannelsMutation;

#[Object]
impl ChannelsMutation {
    /// Adds a channel of a market: it shows the postings of that market alone (增设市场渠道).
    async fn add_channel(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场标识)")] market_id: ID,
        #[graphql(desc = "What it is (渠道类型)")] kind: ChannelKind,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<AddChannelResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&market_id, kind));
        let done = async {
            let outcome = add_channel(ctx, ctx.parse_id("Market", &market_id)?, kind, once).await?;
            Ok(Channel::one(ctx, outcome.id).await?)
        };
        gql::answer(ctx, done.await, AddChannelResult::Done, |refusal| {
            AddChannelResult::Refused(AddChannelRefused::from_refusal(&refusal, ctx.lang()))
        })
    }

    /// Saves a channel: whether it is fed, and the text it is given (设置发布渠道).
    async fn save_channel(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The channel (渠道标识)")] id: ID,
        #[graphql(desc = "The version that was seen (版本)")] version: i32,
        #[graphql(desc = "The city's own text; none for the usual one (文稿模板)")] template: Option<String>,
        #[graphql(desc = "Is it fed (启用)?")] active: bool,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SaveChannelResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, &template, active));
        let done = async {
            let known = (ctx.parse_id("Channel", &id)?, version);
            let outcome = save_channel(ctx, known, template, active, once).await?;
            Ok(Channel::one(ctx, outcome.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, current_channel(ctx, &id)).await;
        let refused = |refusal| SaveChannelRefused::of(&refusal, ctx.lang(), current);
        gql::answer(ctx, done, SaveChannelResult::Done, |refusal| SaveChannelResult::Refused(refused(refusal)))
    }

    /// Opens the link by which a hall screen is read without signing in; the one before it opens nothing any more (开通大屏链接).
    async fn open_hall_screen(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The channel (渠道标识)")] id: ID,
        #[graphql(desc = "The version that was seen (版本)")] version: i32,
    ) -> Answer<OpenHallScreenResult> {
        let ctx = gql::ctx(gql);
        let done = async {
            let link = open_hall_screen(ctx, (ctx.parse_id("Channel", &id)?, version)).await?;
            Ok(HallScreenLink { channel: Channel::one(ctx, link.id).await?, url: link.url })
        };
        let done = done.await;
        let current = gql::current(&done, current_channel(ctx, &id)).await;
        let refused = |refusal| OpenHallScreenRefused::of(&refusal, ctx.lang(), current);
        gql::answer(ctx, done, OpenHallScreenResult::Done, |refusal| OpenHallScreenResult::Refused(refused(refusal)))
    }

    /// Closes the link of a hall screen, at once (停用大屏链接).
    async fn close_hall_screen(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The channel (渠道标识)")] id: ID,
        #[graphql(desc = "The version that was seen (版本)")] version: i32,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<CloseHallScreenResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version));
        let done = async {
            let outcome = close_hall_screen(ctx, (ctx.parse_id("Channel", &id)?, version), once).await?;
            Ok(Channel::one(ctx, outcome.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, current_channel(ctx, &id)).await;
        let refused = |refusal| CloseHallScreenRefused::of(&refusal, ctx.lang(), current);
        gql::answer(ctx, done, CloseHallScreenResult::Done, |refusal| CloseHallScreenResult::Refused(refused(refusal)))
    }

    /// Records that a posting was put on, or taken off, a channel that is served by hand (人工渠道登记).
    async fn record_channel_delivery(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The delivery (投递标识)")] id: ID,
        #[graphql(desc = "The version that was seen (版本)")] version: i32,
        #[graphql(desc = "The link, or where it is (链接或说明)")] receipt: String,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RecordChannelDeliveryResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, &receipt));
        let done = async {
            let outcome = record_by_hand(ctx, ctx.parse_id("ChannelDelivery", &id)?, version, receipt, once).await?;
            Ok(ChannelDelivery::one(ctx, outcome.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, current_delivery(ctx, &id)).await;
        let refused = |refusal| RecordChannelDeliveryRefused::of(&refusal, ctx.lang(), current);
        gql::answer(ctx, done, RecordChannelDeliveryResult::Done, |refusal| {
            RecordChannelDeliveryResult::Refused(refused(refusal))
        })
    }

    /// Prints the list of a channel as PDF; from then on it hangs on the wall (打印招聘清单).
    async fn print_posting_list(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The channel (渠道标识)")] id: ID,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<PrintPostingListResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &id.as_str());
        let done = async {
            let outcome = print_list(ctx, ctx.parse_id("Channel", &id)?, once).await?;
            Ok(ExportedFile::from(blob::download_link(ctx, outcome.id).await?))
        };
        gql::answer(ctx, done.await, PrintPostingListResult::Done, |refusal| {
            PrintPostingListResult::Refused(PrintPostingListRefused::from_refusal(&refusal, ctx.lang()))
        })
    }

    /// Prints the list of a market as PDF, by its staff; from then on it hangs on its wall (打印本市场招聘清单).
    async fn print_market_posting_list(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场标识)")] market_id: ID,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<PrintMarketPostingListResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &market_id.as_str());
        let done = async {
            let outcome = print_market_list(ctx, ctx.parse_id("Market", &market_id)?, once).await?;
            Ok(ExportedFile::from(blob::download_link(ctx, outcome.id).await?))
        };
        gql::answer(ctx, done.await, PrintMarketPostingListResult::Done, |refusal| {
            PrintMarketPostingListResult::Refused(PrintMarketPostingListRefused::from_refusal(&refusal, ctx.lang()))
        })
    }

    /// Records that the list printed last hangs on the wall and the old one is off it: what it left out counts as withdrawn from then
    /// on, and who said so is kept (登记清单已更换).
    async fn record_posting_list_hung(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market on whose wall it hangs; none for the city's own list (市场标识)")]
        market_id: Option<ID>,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RecordPostingListHungResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &market_id);
        let done = async {
            let market = market_id.as_ref().map(|id| ctx.parse_id("Market", id)).transpose()?;
            let outcome = record_list_hung(ctx, market, once).await?;
            Ok(HungPostingList::one(ctx, outcome.id).await?)
        };
        gql::answer(ctx, done.await, RecordPostingListHungResult::Done, |refusal| {
            RecordPostingListHungResult::Refused(RecordPostingListHungRefused::from_refusal(&refusal, ctx.lang()))
        })
    }
}

async fn current_channel(ctx: &Ctx, id: &ID) -> Result<Channel, Fault> {
    Channel::one(ctx, ctx.parse_id("Channel", id)?).await
}

async fn current_delivery(ctx: &Ctx, id: &ID) -> Result<ChannelDelivery, Fault> {
    ChannelDelivery::one(ctx, ctx.parse_id("ChannelDelivery", id)?).await
}
