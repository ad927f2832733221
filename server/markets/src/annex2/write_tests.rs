//! The form that is written, and read again.

use kernel::sheet::{self, Limits, Value};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::tests::{errors, form};
use super::*;

#[test]
fn the_exact_form_is_written_with_its_eight_columns_city_note_and_filer() {
    let form = DirectoryForm {
        city_name: "太原市".into(),
        rows: vec![DirectoryRow {
            name: "=大营盘".into(),
            alias_basis: AliasBasis::Customary,
            nature: Nature::Spontaneous,
            hours: hours::read_text("夏季5-19点，冬季6-18点").unwrap().spans,
            address: "迎泽区大营盘".into(),
            seeker_scale: Some(Figure { low: 200, high: 300, approximate: true, text: String::new() }),
            trades: vec!["瓦工".into(), "木工".into()],
            daily_successes: Some(Figure::exact(80)),
        }],
        filer: Some("王芳".into()),
        filer_phone: Some("0351-5278313".into()),
        note: None,
    };
    let csv = String::from_utf8(form.to_csv()).unwrap();
    assert_eq!(
        csv.lines().collect::<Vec<_>>(),
        [
            "\u{FEFF}零工市场名录",
            "太原市",
            "序号,零工市场名称（无正规名称的以约定俗成或所在地址名称代称）,运营性质（公共/经营性/自形成）,运行时间,详细地址,求职人员规模（人）,主要招聘工种,日均招聘成功人数（人）",
            "1,'=大营盘,自形成,夏季 05:00—19:00；冬季 06:00—18:00,迎泽区大营盘,约200—300,瓦工、木工,80",
            "备注：名录首次于2022年9月20日前报送，以后每年12月20日前更新报送。",
            "填报人：王芳        联系电话：0351-5278313",
        ]
    );
    let grid = sheet::read(&form.to_xlsx(0).unwrap(), &Limits::default()).unwrap();
    assert_eq!(grid.merged.len(), 4);
    assert_eq!(grid.cell(3, 7), &sheet::Cell::Number(80.0));
    assert_eq!(form.table().rows[0][1], Value::from("=大营盘"));
    assert!(form.table().to_document().render().unwrap().starts_with(b"%PDF"));
}

#[test]
fn a_note_of_ones_own_is_written_as_a_note_and_read_as_one() {
    let row = DirectoryRow {
        name: "大营盘零工市场".into(),
        alias_basis: AliasBasis::Official,
        nature: Nature::Public,
        hours: hours::read_text("6-18点").unwrap().spans,
        address: "迎泽区大营盘1号".into(),
        seeker_scale: Some(Figure::exact(100)),
        trades: vec!["瓦工".into()],
        daily_successes: Some(Figure::exact(80)),
    };
    let written = |note: Option<&str>| DirectoryForm {
        city_name: "太原市".into(),
        rows: vec![row.clone()],
        filer: Some("王芳".into()),
        filer_phone: Some("0351-5278313".into()),
        note: note.map(Into::into),
    };
    let usual = written(None);
    let usual = [usual.to_xlsx(0).unwrap(), usual.to_csv()].map(|bytes| form(&bytes));
    for (note, line) in [
        ("审计", "备注：审计"),
        ("小店区、迎泽区", "备注：小店区、迎泽区"),
        ("=1+1", "备注：=1+1"),
        ("备注的事另报", "备注：备注的事另报"),
        ("备注：审计", "备注：审计"),
        ("备 注: 审计", "备 注: 审计"),
        ("注：数据截至11月", "注：数据截至11月"),
    ] {
        let written = written(Some(note));
        // The PDF is set from the table.
        assert_eq!(written.table().footer_lines[0], line, "{note}");
        let read = [written.to_xlsx(0).unwrap(), written.to_csv()].map(|bytes| form(&bytes));
        assert_eq!(read, usual, "{note}");
        assert!(read[0].issues.iter().all(|issue| issue.code != FormIssueCode::RowSkipped), "{note}");
    }
}

fn any_figure() -> impl Strategy<Value = Option<Figure>> {
    prop_oneof![
        Just(None),
        (0_u32..400_000, 0_u32..90_000, any::<bool>()).prop_map(|(low, more, approximate)| {
            Some(Figure { low, high: low + more, approximate, text: String::new() })
        }),
    ]
}

fn any_row() -> impl Strategy<Value = DirectoryRow> {
    let basis = prop_oneof![Just(AliasBasis::Official), Just(AliasBasis::Customary), Just(AliasBasis::Address)];
    let nature = prop_oneof![Just(Nature::Public), Just(Nature::Commercial), Just(Nature::Spontaneous)];
    let name = "[一-龥]{1,6}(零工市场|桥头|驿站（总站）|人市|街|)";
    let trades = proptest::sample::subsequence(vec!["瓦工", "木工", "和面工", "月嫂", "水电工", "保洁"], 1..5);
    (
        name,
        basis,
        nature,
        hours::tests::any_spans(),
        "[=+@]?[一-龥A-Z]{1,10}[0-9]{1,3}号",
        any_figure(),
        trades,
        any_figure(),
    )
        .prop_map(|(name, alias_basis, nature, hours, address, seeker_scale, trades, daily_successes)| {
            DirectoryRow {
                name,
                alias_basis,
                nature,
                hours,
                address,
                seeker_scale,
                trades: trades.into_iter().map(ToOwned::to_owned).collect(),
                daily_successes,
            }
        })
}

/// The rows without the texts of their figures, which are the file's own words.
fn comparable(rows: impl Iterator<Item = DirectoryRow>) -> Vec<DirectoryRow> {
    let plain = |figure: Option<Figure>| figure.map(|figure| Figure { text: String::new(), ..figure });
    rows.map(|row| DirectoryRow {
        seeker_scale: plain(row.seeker_scale),
        daily_successes: plain(row.daily_successes),
        ..row
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(2022), ..ProptestConfig::with_cases(60) })]

    #[test]
    fn a_form_that_was_written_is_read_as_the_same_rows(rows in proptest::collection::vec(any_row(), 1..8)) {
        let mut rows = rows;
        // The same name at the same address twice is refused on reading, and so are more successes than seekers.
        for (at, row) in rows.iter_mut().enumerate() {
            row.address = format!("{}{at}", row.address);
            if row.daily_successes.as_ref().zip(row.seeker_scale.as_ref()).is_some_and(|(one, all)| one.low > all.high) {
                row.daily_successes.clone_from(&row.seeker_scale);
            }
        }
        let written = DirectoryForm { city_name: "太原市".into(), rows, filer: Some("王芳".into()), filer_phone: Some("0351-5278313".into()), note: None };
        for bytes in [written.to_xlsx(0).unwrap(), written.to_csv()] {
            let form = form(&bytes);
            prop_assert_eq!(errors(&form), vec![]);
            prop_assert_eq!(form.city.as_deref(), Some("太原市"));
            prop_assert_eq!(&form.filer, &written.filer);
            prop_assert_eq!(&form.filer_phone, &written.filer_phone);
            prop_assert_eq!(
                comparable(form.rows.iter().filter_map(DirectoryRow::from_form)),
                comparable(written.rows.iter().cloned())
            );
        }
    }
}
