//! The demo's postings (演示招聘信息): of today and tomorrow, in every state they can be in; and the channels they go to.

use hiring::kinds::{AccidentCover, ChannelKind, EngagementType, PayDay, PostingKind, ReviewDecision, WageUnit};
use hiring::{PostingInput, ReviewRemarkInput, ShiftInput};
use kernel::ctx::{Actor, Ctx};
use kernel::fault::Fault;
use markets::Which;
use uuid::Uuid;

use super::done;
use super::folk::Crew;
use super::parties::Parties;
use super::stage::{Hour, Stage};

const NEW: Which = Which { id: None, version: None };

/// A posting and its shifts in the order of time (演示招聘信息).
#[derive(Clone, Default)]
pub(super) struct Offer {
    pub(super) id: Uuid,
    pub(super) shifts: Vec<Uuid>,
}

impl Offer {
    pub(super) fn shift(&self, at: usize) -> Result<Uuid, Fault> {
        self.shifts.get(at).copied().ok_or(Fault::NotFound)
    }
}

/// What is on offer today and tomorrow.
pub(super) struct Offered {
    /// Porters of today and of tomorrow: confirmed at once.
    pub(super) porters: Offer,
    /// Sorters around the clock: four shifts, one of which is at work now.
    pub(super) sorters: Offer,
    /// Cleaning for the household.
    pub(super) cleaning: Offer,
    /// Waiters of tomorrow.
    pub(super) waiters: Offer,
    /// Bricklayers of the gang, today and tomorrow.
    pub(super) bricks: Offer,
    /// Gardeners of tomorrow, those first who find work hard to get.
    pub(super) gardeners: Offer,
    /// Steel fixers under the builders' licence.
    pub(super) steel: Offer,
    /// Movers under the other licence: all places are taken in the end.
    pub(super) loaders: Offer,
    /// What is withdrawn, and what is taken down.
    pub(super) withdrawn: Offer,
    pub(super) false_place: Offer,
}

/// What a posting says beside whose it is: trade, duties, place, wage, title.
pub(super) struct Says(
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) (i64, WageUnit),
    pub(super) &'static str,
);

/// A shift: days from today, from, until (after midnight where that is earlier), places.
pub(super) type Times = (i64, Hour, Hour, i32);

pub(super) fn form(
    ctx: &Ctx,
    stage: &Stage,
    party: Uuid,
    market: Option<Uuid>,
    says: &Says,
    times: &[Times],
) -> PostingInput {
    let Says(trade, duties, place, (wage_fen, wage_unit), title) = says;
    let shift = |(day, from, until, headcount): &Times| {
        let next = i64::from(until < from);
        let (starts_at, ends_at) = (stage.at(*day, *from), stage.at(day + next, *until));
        let long = ends_at - starts_at >= chrono::Duration::hours(7);
        ShiftInput { starts_at, ends_at, headcount: *headcount, break_minutes: Some(if long { 60 } else { 0 }) }
    };
    PostingInput {
        party_id: ctx.gid("HiringParty", party),
        trade: (*trade).to_owned(),
        duties: (*duties).to_owned(),
        place: (*place).to_owned(),
        wage_fen: *wage_fen,
        wage_unit: *wage_unit,
        shifts: times.iter().map(shift).collect(),
        title: Some((*title).to_owned()),
        conditions: None,
        pay_text: None,
        kind: None,
        source: None,
        engagement: None,
        pay_day: None,
        county: None,
        market_id: market.map(|id| ctx.gid("Market", id)),
        point: None,
        cover: Some(AccidentCover::Commercial),
        needs_certificate: None,
        instant: None,
        priority: None,
        valid_from: None,
        valid_until: None,
    }
}

/// Enters a posting and hands it in; reviewed where it waits and somebody is named.
pub(super) async fn post(
    stage: &Stage,
    by: &Actor,
    input: PostingInput,
    reviewer: Option<&Actor>,
) -> Result<Offer, Fault> {
    let ctx = stage.by(by).await?;
    let made = done(hiring::save_posting(&ctx, NEW, input, None).await)?;
    done(hiring::submit_posting(&ctx, made.id, made.version, None).await)?;
    if let Some(reviewer) = reviewer {
        let ctx = stage.by(reviewer).await?;
        let version = hiring::version_of(&ctx, made.id).await?;
        let passed = hiring::review_posting(&ctx, made.id, version, ReviewDecision::Publish, Vec::new(), None).await;
        done(passed)?;
    }
    Ok(Offer { id: made.id, shifts: hiring::shifts_of(&ctx, made.id).await? })
}

pub(super) const PORTER: Says = Says(
    "搬运工",
    "水果市场卸车、码垛、分装上车，单件不超过25公斤，有推车",
    "小店区坞城路南口晋阳水果批发市场3号库",
    (22_000, WageUnit::Day),
    "水果市场装卸工",
);
const SORTER: Says = Says(
    "分拣",
    "快件分拣、扫码、装笼，流水线站立作业，提供手套和饮水",
    "小店区龙城大街汾河分拨中心2号门",
    (2_000, WageUnit::Hour),
    "分拨中心分拣员（三班）",
);
pub(super) const WAITER: Says = Says(
    "服务员",
    "午市传菜、收台、打包，提供工作餐一顿",
    "小店区寇庄西路18号老李面馆",
    (1_900, WageUnit::Hour),
    "面馆午市服务员",
);
const CLEANING: Says = Says(
    "保洁",
    "三居室擦玻璃、厨房去油污，清洁用品已备齐",
    "小店区平阳路兴业小区5号楼",
    (16_000, WageUnit::Job),
    "家庭擦玻璃保洁",
);
pub(super) const BRICKS: Says =
    Says("瓦工", "砌筑围墙约40米，机拌砂浆送到位", "小店区刘家堡乡王吴村东口", (32_000, WageUnit::Day), "砌围墙瓦工");
const GARDENER: Says = Says(
    "绿化",
    "汾河公园补植灌木、浇防冻水、修剪枯枝",
    "小店区汾河公园蒙山大桥东岸管理站",
    (18_000, WageUnit::Day),
    "汾河公园冬季养护",
);
const STEEL: Says = Says(
    "钢筋",
    "地下一层底板钢筋绑扎，班组带教，安全帽现场发放",
    "小店区晋阳街安置房二期工地",
    (36_000, WageUnit::Day),
    "安置房工地钢筋工",
);
const ELECTRICIAN: Says = Says(
    "电工",
    "施工现场临时用电检查和配电箱接线",
    "小店区晋阳街安置房二期工地",
    (38_000, WageUnit::Day),
    "工地值守电工",
);
const LOADER: Says = Says(
    "装卸",
    "家电卸车入库，两人一组，叉车配合",
    "小店区北格镇汾河物流园7号库",
    (24_000, WageUnit::Day),
    "家电入库装卸工",
);
const GRAPES: Says =
    Says("摘果", "葡萄藤埋土防寒、修剪下架", "清徐县马峪乡葡萄基地", (17_000, WageUnit::Day), "葡萄藤埋土防寒");
const DECORATOR: Says =
    Says("刮腻子", "写字楼墙面批腻子、打磨两遍", "小店区长治路世贸中心11层", (28_000, WageUnit::Day), "写字楼批腻子");
const KITCHEN: Says = Says(
    "保洁",
    "后厨餐具清洗、地面冲洗，晚市结束后收工",
    "小店区寇庄西路18号老李面馆",
    (1_850, WageUnit::Hour),
    "面馆晚市清洗",
);
const TRAINEE: Says = Says(
    "绿化",
    "跟随技师学习苗木养护和病虫害识别，每日记录",
    "小店区汾河公园管理站",
    (210_000, WageUnit::Month),
    "园林养护见习生",
);
const STORE: Says =
    Says("理货", "年货大集货架整理、补货、贴价签", "小店区亲贤北街年货大集", (16_500, WageUnit::Day), "年货大集理货员");

/// Paid by the hour, each day.
pub(super) fn part_time(input: PostingInput) -> PostingInput {
    PostingInput { engagement: Some(EngagementType::PartTime), pay_day: Some(PayDay::Daily), ..input }
}

/// What the hiring parties offer yesterday afternoon, for today and tomorrow (发布今明两天的招聘信息).
pub(super) async fn offer(stage: &Stage, crew: &Crew, parties: &Parties) -> Result<Offered, Fault> {
    let house = stage.itself().await?;
    let hall = Some(crew.hall);
    let of = |party: Uuid, market: Option<Uuid>, says: &Says, times: &[Times]| {
        form(&house, stage, party, market, says, times)
    };
    let owner = parties.movers.owner.as_ref().unwrap_or(&crew.staff);
    let lady = parties.household.owner.as_ref().unwrap_or(&crew.staff);
    let movers = parties.movers.id;
    let days = [(0, (6, 0), (15, 0), 4), (1, (6, 0), (15, 0), 8)];
    let porters = PostingInput { instant: Some(true), ..of(movers, hall, &PORTER, &days) };
    let bands = [
        (-1, (22, 0), (6, 0), 4),
        (0, (6, 0), (14, 0), 6),
        (0, (14, 0), (22, 0), 6),
        (0, (22, 0), (6, 0), 4),
        (1, (6, 0), (14, 0), 6),
    ];
    let sorters = PostingInput { pay_day: Some(PayDay::Daily), ..of(movers, hall, &SORTER, &bands) };
    let lunch = [(1, (10, 30), (14, 30), 2), (2, (10, 30), (14, 30), 2)];
    let waiters = part_time(of(parties.noodles, hall, &WAITER, &lunch));
    let cleaning = of(parties.household.id, hall, &CLEANING, &[(1, (9, 0), (12, 0), 1)]);
    let cleaning = PostingInput { cover: Some(AccidentCover::None), ..cleaning };
    let bricks = of(parties.gang, hall, &BRICKS, &[(0, (6, 30), (17, 30), 2), (1, (6, 30), (17, 30), 5)]);
    let gardeners = PostingInput {
        priority: Some(true),
        instant: Some(true),
        cover: Some(AccidentCover::WorkInjury),
        ..of(parties.gardens, hall, &GARDENER, &[(1, (7, 30), (17, 0), 12)])
    };
    let at = Some(crew.at_builders);
    let steel = of(parties.builders, at, &STEEL, &[(1, (6, 30), (18, 0), 6), (2, (6, 30), (18, 0), 6)]);
    let steel = PostingInput { cover: Some(AccidentCover::WorkInjury), ..steel };
    let electrician = of(parties.builders, at, &ELECTRICIAN, &[(1, (8, 0), (17, 0), 1)]);
    let loaders = of(parties.logistics, Some(crew.at_logistics), &LOADER, &[(1, (7, 0), (16, 0), 2)]);
    let decorators = of(parties.decorators, hall, &DECORATOR, &[(1, (8, 0), (18, 0), 6)]);
    let afternoon = of(movers, hall, &PORTER, &[(1, (15, 30), (20, 30), 5)]);
    let reviewer = Some(&crew.manager);
    let offered = Offered {
        porters: post(stage, owner, porters, None).await?,
        sorters: post(stage, owner, sorters, reviewer).await?,
        cleaning: post(stage, lady, cleaning, reviewer).await?,
        waiters: post(stage, &crew.staff, waiters, reviewer).await?,
        bricks: post(stage, &crew.staff, bricks, reviewer).await?,
        gardeners: post(stage, &crew.staff, gardeners, None).await?,
        steel: post(stage, &crew.builders, steel, None).await?,
        loaders: post(stage, &crew.logistics, loaders, None).await?,
        withdrawn: post(stage, owner, PostingInput { title: Some("下午加班装卸工".to_owned()), ..afternoon }, None)
            .await?,
        false_place: post(stage, &crew.staff, decorators, reviewer).await?,
    };
    let conditions = Some("年满18周岁，持有效的低压电工作业操作证".to_owned());
    post(stage, &crew.builders, PostingInput { conditions, ..electrician }, None).await?;
    stage.rest().await?;
    waiting(stage, crew, parties).await?;
    Ok(offered)
}

/// What is not out yet: a draft, three that wait for review, one that was given back.
async fn waiting(stage: &Stage, crew: &Crew, parties: &Parties) -> Result<(), Fault> {
    let house = stage.itself().await?;
    let hall = Some(crew.hall);
    let staff = stage.by(&crew.staff).await?;
    let store = form(&house, stage, parties.noodles, hall, &STORE, &[(3, (9, 0), (18, 0), 4)]);
    done(hiring::save_posting(&staff, NEW, store, None).await)?;
    let kitchen =
        form(&house, stage, parties.noodles, hall, &KITCHEN, &[(1, (18, 0), (22, 0), 1), (2, (18, 0), (22, 0), 1)]);
    post(stage, &crew.staff, part_time(kitchen), None).await?;
    let grapes =
        form(&house, stage, parties.grapes, None, &GRAPES, &[(2, (7, 30), (17, 0), 20), (3, (7, 30), (17, 0), 20)]);
    let grapes = PostingInput { county: Some("140121".to_owned()), ..grapes };
    post(stage, &crew.bureau, grapes, None).await?;
    let help = form(&house, stage, parties.neighbour, Some(crew.corner), &CLEANING, &[(2, (9, 0), (11, 0), 1)]);
    let help = PostingInput {
        title: Some("老人家中打扫".to_owned()),
        place: "尖草坪区新兰路迎新二区".to_owned(),
        cover: Some(AccidentCover::None),
        ..help
    };
    post(stage, &crew.volunteer, help, None).await?;
    let trainee = form(&house, stage, parties.gardens, hall, &TRAINEE, &[(7, (8, 30), (17, 30), 2)]);
    let trainee = PostingInput {
        kind: Some(PostingKind::Internship),
        engagement: Some(EngagementType::Phased),
        pay_day: Some(PayDay::Monthly),
        cover: Some(AccidentCover::WorkInjury),
        ..trainee
    };
    post(stage, &crew.staff, trainee, None).await?;
    let again = form(&house, stage, parties.gang, hall, &BRICKS, &[(3, (7, 0), (17, 0), 3)]);
    let again = PostingInput {
        title: Some("院墙翻修瓦工".to_owned()), place: "小店区（详谈）".to_owned(), ..again
    };
    let returned = post(stage, &crew.staff, again, None).await?;
    let ctx = stage.by(&crew.manager).await?;
    let version = hiring::version_of(&ctx, returned.id).await?;
    let remarks = vec![
        ReviewRemarkInput { field: Some("place".to_owned()), text: "请写明具体门牌或显著地标".to_owned() },
        ReviewRemarkInput { field: Some("payText".to_owned()), text: "请注明是否管午饭".to_owned() },
    ];
    done(hiring::review_posting(&ctx, returned.id, version, ReviewDecision::Return, remarks, None).await)?;
    stage.rest().await
}

/// What is taken back and what is taken down in the end (撤回、下架).
pub(super) async fn settle(stage: &Stage, crew: &Crew, offered: &Offered) -> Result<(), Fault> {
    let county = stage.by(&crew.county).await?;
    let id = offered.withdrawn.id;
    let why = "货车晚到，下午不再卸车".to_owned();
    done(hiring::withdraw_posting(&county, id, hiring::version_of(&county, id).await?, why, true, None).await)?;
    let list = done(hiring::add_channel(&stage.by(&crew.bureau).await?, crew.hall, ChannelKind::Printed, None).await)?;
    stage.rest().await?;
    done(hiring::print_list(&stage.by(&crew.bureau).await?, list.id, None).await)?;
    stage.rest().await
}

/// Takes down what gave a false place (下架).
pub(super) async fn take_down(stage: &Stage, crew: &Crew, offered: &Offered) -> Result<(), Fault> {
    let county = stage.by(&crew.county).await?;
    let (id, version) = (offered.false_place.id, hiring::version_of(&county, offered.false_place.id).await?);
    let why = ("实际用工地点与发布内容不符".to_owned(), "人力资源市场暂行条例第二十四条".to_owned());
    done(hiring::take_down_posting(&county, id, version, why, None).await).map(drop)
}

/// The hall has a screen of its own and a text for its group (市场渠道); the city's channels are there by themselves.
pub(super) async fn channels(stage: &Stage, crew: &Crew) -> Result<(), Fault> {
    let ctx = stage.by(&crew.bureau).await?;
    done(hiring::add_channel(&ctx, crew.hall, ChannelKind::HallScreen, None).await)?;
    let text = done(hiring::add_channel(&ctx, crew.hall, ChannelKind::Wechat, None).await)?;
    let template = "【小店零工】{title}，{wage}，{payDay}\n{start} 共{headcount}人\n地点：{place}\n到大厅窗口或网上零工市场报名，不收任何费用。";
    done(hiring::save_channel(&ctx, (text.id, text.version), Some(template.to_owned()), true, None).await)?;
    stage.rest().await
}
