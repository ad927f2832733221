//! The demo's venues (演示场地): checks, zones, facilities, bays, contracts, projects, map annotations in Taiyuan.

use chrono::{Days, NaiveDate};
use kernel::Ctx;
use kernel::fault::{Fault, Stop};
use kernel::geo::Crs;
use kernel::maps::MapProvider;
use markets::{
    AnnotationInput, AnnotationStatus, BayInput, CheckItem, CheckResult, ConstructionMode, ContractIndicatorInput,
    ContractInput, FacilityInput, FacilityKind, FacilityState, HoursInput, MilestoneInput, MonitoringSampleInput,
    PointInput, ProjectInput, SafetyCheckInput, SampleSession, Season, Weekday, Which, ZoneInput, ZoneKind,
};
use uuid::Uuid;

const NEW: Which = Which { id: None, version: None };

/// Checks of every item. At two markets one has failed, at two others they have expired: the page of a market says so.
pub(super) async fn checks(ctx: &Ctx, market: Uuid, at: usize) -> Result<(), Fault> {
    let today = ctx.today();
    let made = if at == 7 || at == 9 { today - Days::new(400) } else { today - Days::new(20) };
    for item in CheckItem::ALL {
        let failed = (at == 4 || at == 24) && item == CheckItem::FireEquipment;
        let input = SafetyCheckInput {
            item,
            result: if failed { CheckResult::Failed } else { CheckResult::Passed },
            inspector: "李建国".to_owned(),
            inspected_on: made.into(),
            expires_on: (made + Days::new(365)).into(),
            note: failed.then(|| "灭火器压力不足，限期一周更换".to_owned()),
            photos: None,
        };
        markets::record_safety_check(ctx, market, input, Vec::new(), None).await.map_err(Stop::into_fault)?;
    }
    Ok(())
}

/// Everything else that is kept about Taiyuan's markets.
pub(super) async fn taiyuan(ctx: &Ctx) -> Result<(), Fault> {
    let first = named(ctx, "太原市小店区零工市场").await?;
    let second = named(ctx, "太原市迎泽区零工市场").await?;
    for (market, lat, lng) in [(first, 37.7986, 112.5731), (second, 37.8561, 112.5682)] {
        zones(ctx, market).await?;
        facilities(ctx, market).await?;
        bays(ctx, market, lat, lng).await?;
    }
    for (name, operator) in [
        ("太原市尖草坪区零工市场", "尖草坪区人力资源有限公司"),
        ("古交市零工市场", "古交市劳务服务有限公司"),
        ("太原南站零工驿站", "太原市就业促进服务有限公司"),
    ] {
        contract(ctx, named(ctx, name).await?, operator).await?;
    }
    let build = ("静游路新址建设", ConstructionMode::NewBuild, ["立项批复", "主体完工", "设备安装", "试运行"]);
    project(ctx, named(ctx, "娄烦零工市场（新建）").await?, build).await?;
    let convert =
        ("桥下空地改造", ConstructionMode::RoadMarking, ["选址论证", "施划标线", "加装遮阳棚和座椅", "投入使用"]);
    project(ctx, named(ctx, "南内环桥下零工点").await?, convert).await?;
    annotations(ctx, first, second).await?;
    counts(ctx, first).await
}

/// The first market was counted on three mornings, and five people wait at its desk for two numbers that were called.
async fn counts(ctx: &Ctx, market: Uuid) -> Result<(), Fault> {
    for (ago, seekers, successes) in [(9, 486, 203), (6, 512, 221), (2, 471, 198)] {
        let input = MonitoringSampleInput {
            sampled_on: (ctx.today() - Days::new(ago)).into(),
            session: SampleSession::Early,
            seekers,
            successes,
            counted_by: "张海生".to_owned(),
        };
        markets::save_monitoring_sample(ctx, market, NEW, input, None).await.map_err(Stop::into_fault)?;
    }
    for _ in 0..7 {
        markets::issue_queue_number(ctx, market, None).await.map_err(Stop::into_fault)?;
    }
    for _ in 0..2 {
        markets::call_queue_number(ctx, market, None).await.map_err(Stop::into_fault)?;
    }
    Ok(())
}

async fn named(ctx: &Ctx, name: &str) -> Result<Uuid, Fault> {
    markets::market_named(ctx, name).await?.ok_or(Fault::internal("fill the demo: a market of the table is missing"))
}

fn times(opens: &str, closes: &str) -> Vec<HoursInput> {
    vec![HoursInput {
        season: Season::AllYear,
        from_month: None,
        to_month: None,
        weekdays: Weekday::ALL.to_vec(),
        opens: opens.to_owned(),
        closes: closes.to_owned(),
    }]
}

async fn zones(ctx: &Ctx, market: Uuid) -> Result<(), Fault> {
    let rows = [
        (ZoneKind::Waiting, "一楼大厅", 260, times("05:00", "09:00")),
        (ZoneKind::Talks, "一楼大厅", 260, times("09:00", "18:00")),
        (ZoneKind::PolicyCounter, "一楼东侧窗口", 30, times("08:30", "17:30")),
        (ZoneKind::Rights, "二楼调解室", 40, times("08:30", "17:30")),
        (ZoneKind::Rest, "一楼西侧休息区", 80, Vec::new()),
        (ZoneKind::Vehicle, "南门停车带", 120, Vec::new()),
    ];
    for (kind, name, area, timetable) in rows {
        let input = ZoneInput {
            kind,
            name: name.to_owned(),
            area_square_metres: Some(area),
            capacity: Some(area / 2),
            free_of_charge: None,
            timetable,
        };
        markets::save_zone(ctx, market, NEW, input, None).await.map_err(Stop::into_fault)?;
    }
    Ok(())
}

async fn facilities(ctx: &Ctx, market: Uuid) -> Result<(), Fault> {
    let rows = [
        (FacilityKind::Desks, "写字桌椅", 24, FacilityState::Working),
        (FacilityKind::Water, "热水饮水机", 3, FacilityState::Working),
        (FacilityKind::Heating, "暖气", 1, FacilityState::Working),
        (FacilityKind::Toilet, "公共卫生间", 2, FacilityState::Working),
        (FacilityKind::ToolLending, "瓦工、保洁工具借用", 40, FacilityState::Working),
        (FacilityKind::Power, "手机充电柜", 1, FacilityState::NeedsRepair),
    ];
    for (kind, name, quantity, state) in rows {
        let last_checked_on = Some((ctx.today() - Days::new(10)).into());
        let input = FacilityInput { kind, name: name.to_owned(), quantity, state, last_checked_on };
        markets::save_facility(ctx, market, NEW, input, None).await.map_err(Stop::into_fault)?;
    }
    Ok(())
}

async fn bays(ctx: &Ctx, market: Uuid, lat: f64, lng: f64) -> Result<(), Fault> {
    for (label, capacity, east) in [("1号上车点", 4, 0.0008), ("2号上车点", 2, -0.0006)] {
        let input = BayInput {
            label: label.to_owned(),
            capacity,
            max_stay_minutes: 10,
            point: Some(PointInput { lat, lng: lng + east, crs: Some(Crs::Wgs84) }),
            route_text: Some("由南门辅路驶入，单向通行，上人即走".to_owned()),
        };
        markets::save_bay(ctx, market, NEW, input, None).await.map_err(Stop::into_fault)?;
    }
    Ok(())
}

async fn contract(ctx: &Ctx, market: Uuid, operator: &str) -> Result<(), Fault> {
    let today = ctx.today();
    let input = ContractInput {
        operator: operator.to_owned(),
        scope: "日常运营、岗位采集与发布、现场对接洽谈、台账报送".to_owned(),
        starts_on: (today - Days::new(300)).into(),
        ends_on: (today + Days::new(65)).into(),
        indicators: vec![
            indicator("日均服务求职人员", 200, "人", Some(212)),
            indicator("日均招聘成功", 60, "人", Some(54)),
            indicator("投诉按时办结率", 100, "%", None),
        ],
    };
    markets::save_contract(ctx, market, NEW, input, None).await.map(|_| ()).map_err(Stop::into_fault)
}

fn indicator(name: &str, target: i32, unit: &str, actual: Option<i32>) -> ContractIndicatorInput {
    ContractIndicatorInput { name: name.to_owned(), target, unit: unit.to_owned(), actual }
}

/// Four milestones: one done, one late, two ahead.
async fn project(
    ctx: &Ctx,
    market: Uuid,
    (title, mode, steps): (&str, ConstructionMode, [&str; 4]),
) -> Result<(), Fault> {
    let today = ctx.today();
    let due = [today - Days::new(90), today - Days::new(15), today + Days::new(45), today + Days::new(120)];
    let done = |at: usize, due: NaiveDate| (at == 0).then(|| (due - Days::new(5)).into());
    let milestones = steps.iter().zip(due).enumerate().map(|(at, (step, due))| MilestoneInput {
        title: (*step).to_owned(),
        due_on: due.into(),
        done_on: done(at, due),
    });
    let input = ProjectInput {
        mode,
        title: title.to_owned(),
        planned_open_on: Some((today + Days::new(120)).into()),
        milestones: milestones.collect(),
    };
    markets::save_project(ctx, market, NEW, input, None).await.map(|_| ()).map_err(Stop::into_fault)
}

/// The first market is on Baidu and waits for Gaode, the second was sent back by Baidu.
async fn annotations(ctx: &Ctx, first: Uuid, second: Uuid) -> Result<(), Fault> {
    let rows = [
        (first, MapProvider::Baidu, AnnotationStatus::Approved, Some("B2094764D06AA4F5449D"), None),
        (first, MapProvider::Gaode, AnnotationStatus::Submitted, None, None),
        (second, MapProvider::Baidu, AnnotationStatus::Rejected, None, Some("门牌照片不清晰，请重新拍摄")),
    ];
    for (market, provider, status, poi, note) in rows {
        let input = AnnotationInput {
            provider,
            status,
            poi_id: poi.map(str::to_owned),
            checked_on: Some((ctx.today() - Days::new(3)).into()),
            note: note.map(str::to_owned),
            assignee: None,
            due_on: None,
        };
        // The task was made when the market was listed, and nobody has touched it since.
        markets::save_annotation(ctx, market, Some(1), input, None, None).await.map_err(Stop::into_fault)?;
    }
    Ok(())
}
