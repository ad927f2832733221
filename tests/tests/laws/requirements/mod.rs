//! Each requirement has its place (要求对照): the clauses of the founding notices that describe a market, each with the columns
//! that keep it, the fields that show it, the filters that find it and the forms that take it. What is not built is said.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::database::described::tables;
use crate::workspace::{Source, root, sources};
use crate::world::sdl::{Kind, Sdl};

/// The table.
#[derive(Deserialize)]
struct Table {
    requirement: Vec<Requirement>,
    not_built: Vec<NotBuilt>,
}

/// A requirement, and where it is kept, shown, found and taken.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Requirement {
    number: u8,
    column: Vec<String>,
    field: Vec<String>,
    filter: Vec<String>,
    input: Vec<String>,
    form: Vec<String>,
    /// Which of these it has none of, and why.
    #[serde(default)]
    without: BTreeMap<String, String>,
}

/// Something a requirement asks for that is not there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotBuilt {
    number: u8,
    words: Vec<String>,
    what: String,
}

fn table() -> Table {
    toml::from_str(include_str!("table.toml")).expect("the table can be read")
}

/// What there is to point at.
struct Built {
    columns: BTreeSet<String>,
    sdl: Sdl,
    forms: Vec<Source>,
}

impl Built {
    fn now() -> Self {
        let columns = tables().into_iter().flat_map(|(table, columns)| {
            columns.into_keys().map(move |column| format!("{table}.{column}")).collect::<Vec<_>>()
        });
        let golden = root().join("tests/golden/schema.graphql");
        let sdl = Sdl::read(&std::fs::read_to_string(golden).expect("the golden schema is there"));
        let forms = sources(&root().join("admin-ui/src"), &["ts", "tsx", "graphql"]);
        Self { columns: columns.collect(), sdl, forms }
    }

    /// `Type.field`, `Input.field`, `Enum.VALUE`, or `Type.field.argument`.
    fn shows(&self, path: &str) -> bool {
        let mut parts = path.split('.');
        let (Some(of), Some(name), argument) = (parts.next(), parts.next(), parts.next()) else { return false };
        match self.sdl.kind(of) {
            Kind::Object(fields) => fields
                .iter()
                .any(|f| f.name == name && argument.is_none_or(|argument| f.args.iter().any(|a| a.name == argument))),
            Kind::Input(fields) => argument.is_none() && fields.iter().any(|f| f.name == name),
            Kind::Enum(values) => argument.is_none() && values.iter().any(|v| v == name),
            Kind::Union(_) | Kind::Scalar => false,
        }
    }

    /// `file: name`: a form's item of this name, a key of what a page sends, or a variable of a document.
    fn takes(&self, form: &str) -> bool {
        let Some((file, name)) = form.split_once(": ") else { return false };
        let spelled = [format!("name=\"{name}\""), format!("'{name}'"), format!("${name}:"), format!("{name}:")];
        let asked: &[String] = if file.ends_with(".graphql") { &spelled[2..3] } else { &spelled };
        self.forms.iter().any(|f| f.path == file && asked.iter().any(|text| f.text.contains(text)))
    }

    /// Is a word spoken anywhere a thing has a name?
    fn speaks_of(&self, word: &str) -> bool {
        let plain = |name: &str| name.replace(['_', '.'], "").to_lowercase();
        self.sdl.names().iter().chain(&self.columns).any(|name| plain(name).contains(word))
    }
}

/// Rows that point at nothing, and rows that say nothing and not why.
fn lost(requirements: &[Requirement], built: &Built) -> Vec<String> {
    let mut found = Vec::new();
    for row in requirements {
        let parts: [(&str, &[String], &dyn Fn(&str) -> bool); 5] = [
            ("column", &row.column, &|p| built.columns.contains(p)),
            ("field", &row.field, &|p| built.shows(p)),
            ("filter", &row.filter, &|p| built.shows(p)),
            ("input", &row.input, &|p| built.shows(p)),
            ("form", &row.form, &|p| built.takes(p)),
        ];
        for (what, paths, is_there) in parts {
            found.extend(paths.iter().filter(|p| !is_there(p)).map(|p| format!("R{}: no {what} {p}", row.number)));
            if paths.is_empty() && row.without.get(what).is_none_or(String::is_empty) {
                found.push(format!("R{}: no {what} at all, and no word why", row.number));
            }
        }
    }
    found
}

/// What is said not to be built, and is spoken of all the same.
fn built_meanwhile(not_built: &[NotBuilt], built: &Built) -> Vec<String> {
    let spoken = not_built.iter().flat_map(|gap| gap.words.iter().map(move |word| (gap, word)));
    let spoken = spoken.filter(|(_, word)| built.speaks_of(word));
    spoken
        .map(|(gap, word)| format!("R{}: \"{word}\" has come; is this built now: {}?", gap.number, gap.what))
        .collect()
}

#[test]
fn each_requirement_has_its_columns_fields_filters_and_forms() {
    assert_eq!(lost(&table().requirement, &Built::now()), Vec::<String>::new());
}

#[test]
fn every_requirement_of_the_directory_and_of_quick_hire_is_in_the_table() {
    let wanted = [
        1, 6, 7, 8, 9, 28, 32, 33, 38, 39, 40, 41, 42, 43, 45, 46, 48, 50, 51, 54, 55, 56, 61, 65, 66, 67, 68, 78, 79,
        88, 89, 90, 91,
    ];
    let table = table();
    let told: BTreeSet<u8> =
        table.requirement.iter().map(|r| r.number).chain(table.not_built.iter().map(|n| n.number)).collect();
    assert_eq!(told.into_iter().collect::<Vec<_>>(), wanted);
}

#[test]
fn what_is_not_built_is_not_there_yet() {
    assert_eq!(built_meanwhile(&table().not_built, &Built::now()), Vec::<String>::new());
}

const PLANTED: &str = r#"
    [[requirement]]
    number = 1
    column = ["market.name", "market.slug"]
    field = ["Market.price", "Market.slug", "Query.market.id", "Query.market.price"]
    filter = ["MarketFilter.colour"]
    input = ["MarketInput.slug", "CheckItem.STRUCTURE"]
    form = ["admin/markets/form/fields.tsx: slug", "admin/markets/form/fields.tsx: remark", "nowhere.tsx: remark"]

    [[requirement]]
    number = 2
    column = []
    field = []
    filter = []
    input = []
    form = []
    without = { column = "computed", form = "" }

    [[not_built]]
    number = 3
    words = ["villageshop", "marketslug"]
    what = "a slug"
"#;

#[test]
fn a_requirement_that_points_at_nothing_is_caught_on_each_side() {
    let planted: Table = toml::from_str(PLANTED).expect("the planted table can be read");
    assert_eq!(
        lost(&planted.requirement, &Built::now()),
        [
            "R1: no column market.name",
            "R1: no field Market.price",
            "R1: no field Query.market.price",
            "R1: no filter MarketFilter.colour",
            "R1: no input MarketInput.slug",
            "R1: no form admin/markets/form/fields.tsx: slug",
            "R1: no form nowhere.tsx: remark",
            "R2: no field at all, and no word why",
            "R2: no filter at all, and no word why",
            "R2: no input at all, and no word why",
            "R2: no form at all, and no word why",
        ]
    );
}

#[test]
fn a_thing_that_came_to_be_built_is_caught() {
    let planted: Table = toml::from_str(PLANTED).expect("the planted table can be read");
    assert_eq!(
        built_meanwhile(&planted.not_built, &Built::now()),
        ["R3: \"marketslug\" has come; is this built now: a slug?"]
    );
}
