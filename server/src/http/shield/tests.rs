//! Hostile documents of generated shapes, and the work they cause.

use super::*;

/// A shape of nesting, `depth` brackets deep in all.
type Shape = (&'static str, fn(usize) -> String);

const SHAPES: [Shape; 10] = [
    ("fields", |n| format!("{}a{}", "{a".repeat(n - 1) + "{", "}".repeat(n))),
    ("inline fragments", |n| format!("{{{}a{}", "...{".repeat(n - 1), "}".repeat(n))),
    ("typed inline fragments", |n| format!("{{{}a{}", "... on Query{".repeat(n - 1), "}".repeat(n))),
    ("lists", |n| format!("{{a(b:{}{})}}", "[".repeat(n - 2), "]".repeat(n - 2))),
    ("objects", |n| format!("{{a(b:{}1{})}}", "{c:".repeat(n - 2), "}".repeat(n - 2))),
    ("types", |n| format!("query($a:{}Int{}){{a}}", "[".repeat(n - 1), "]".repeat(n - 1))),
    ("defaults", |n| format!("query($a:Int={}{}){{a}}", "[".repeat(n - 1), "]".repeat(n - 1))),
    ("objects in defaults", |n| format!("query($a:Int={}1{}){{a}}", "{c:".repeat(n - 1), "}".repeat(n - 1))),
    ("directive arguments", |n| format!("{{a@b(c:{}{})}}", "[".repeat(n - 2), "]".repeat(n - 2))),
    ("fragment definitions", |n| format!("{{a}}fragment F on Q{}a{}", "{a".repeat(n - 1) + "{", "}".repeat(n))),
];

fn examined(text: &str) -> Result<Weighed, Refused> {
    examine(text, None, &Limits::default(), |field| field == "signIn", false).map(|(_, weighed)| weighed)
}

fn over(text: &str) -> Option<(Measure, u64)> {
    match examined(text) {
        Err(Refused::Over { measure, found, .. }) => Some((measure, found)),
        _ => None,
    }
}

/// So many pieces, one after the other.
fn numbered(many: usize, piece: impl Fn(usize) -> String) -> String {
    (0..many).map(piece).collect::<Vec<_>>().concat()
}

/// Runs on a thread with this much stack; an overflow aborts the whole test process.
fn on_a_stack_of(kib: usize, run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(kib * 1024).spawn(run).unwrap().join().unwrap();
}

#[test]
fn every_bracket_at_the_nesting_limit_is_parsed_on_half_of_a_two_mebibyte_stack() {
    let wide = Limits { depth: 1_000, hops: 1_000, ..Limits::default() };
    for (name, shape) in SHAPES {
        let (text, limits) = (shape(wide.nesting), wide.clone());
        assert_eq!(scan(&text, &limits).unwrap().nesting, limits.nesting as u64, "{name}");
        on_a_stack_of(1024, move || {
            // A syntax error is as good as a document: the parser has been all the way down.
            let _ = examine(&text, None, &limits, |_| false, false);
        });
    }
}

#[test]
fn one_bracket_more_is_refused_before_the_parser_runs() {
    let limits = Limits::default();
    for (name, shape) in SHAPES {
        for depth in [limits.nesting + 1, 100, 399, 5_000] {
            let text = shape(depth);
            let refused = scan(&text, &limits).unwrap_err();
            assert!(
                matches!(
                    refused,
                    Refused::Over { measure: Measure::Nesting | Measure::Openers | Measure::QueryBytes, .. }
                ),
                "{name} at {depth}: {refused:?}"
            );
        }
    }
}

#[test]
fn unclosed_brackets_are_refused_after_a_bounded_scan() {
    for opener in ["{", "[", "(", "{a(b:[", "{a{", "query($a:["] {
        let text = opener.repeat(16 * 1024 / opener.len());
        assert!(matches!(over(&text), Some((Measure::Nesting, 65))), "{opener}");
    }
    let huge = "{".repeat(10 * 1024 * 1024);
    assert_eq!(over(&huge), Some((Measure::QueryBytes, 10 * 1024 * 1024)));
}

#[test]
fn four_hundred_flat_brackets_pass_and_one_more_does_not() {
    let flat = |n: usize| format!("{{{}}}", "a(b:1)".repeat(n - 1));
    assert_eq!(scan(&flat(400), &Limits::default()).unwrap().openers, 400);
    assert_eq!(over(&flat(401)), Some((Measure::Openers, 401)));
}

#[test]
fn brackets_in_strings_and_comments_do_not_count() {
    let text = "{ a(b: \"{{{[[[((( \\\" {{{\", c: \"\"\"\n{{{ \\\"\"\" \" \"\" [[[\n\"\"\") # {{{ \" \"\"\"\n}";
    let scanned = scan(text, &Limits::default()).unwrap();
    assert_eq!(scanned.openers, 2);
    assert_eq!(scanned.nesting, 2);
    assert_eq!(scanned.bytes_scanned, text.len() as u64);
    assert!(examined(text).is_ok());
}

#[test]
fn a_string_that_never_ends_hides_no_brackets() {
    // The parser reads `"""` without an end as an empty string and goes on behind it.
    for text in
        ["{a(b:[\"\"\" { \" [[[[", "{a(b:\"[[[[\n\")}", "{a(b:\"[[[[", "{a(b:\"\\", "{a(b:\"\"\"\\\"\"\"", "\"\"\""]
    {
        assert_eq!(examined(text), Err(Refused::UnterminatedString), "{text}");
    }
    // An empty string followed by another is two strings to both.
    assert_eq!(scan("{a(b:[\"\" \"{{{\"])}", &Limits::default()).unwrap().openers, 3);
}

#[test]
fn doubling_fragments_are_weighed_without_doing_the_doubling() {
    let doubling = |n: usize| {
        let chain = numbered(n, |i| format!("fragment F{i} on Q{{...F{next} ...F{next}}}", next = i + 1));
        format!("{{...F0}}{chain}fragment F{n} on Q{{a}}")
    };
    let wide = Limits { nodes: usize::MAX, hops: 1_000, query_bytes: 100_000, ..Limits::default() };
    let (_, weighed) = examine(&doubling(40), None, &wide, |_| false, false).unwrap();
    assert_eq!(weighed.nodes_visited, 1 + 2 * 40 + 1);
    assert_eq!(weighed.memo_entries, 41);
    assert_eq!(weighed.nodes, 1 + (2_u64.pow(41) - 2) + 2_u64.pow(40));
    // 90 doublings do not fit a number; the count stays at the top instead of starting again.
    let (_, weighed) = examine(&doubling(90), None, &wide, |_| false, false).unwrap();
    assert_eq!(weighed.nodes, u64::MAX);
    assert_eq!(weighed.nodes_visited, 1 + 2 * 90 + 1);
    // With the real limits the chain of fragments itself is too long.
    assert_eq!(over(&doubling(40)).map(|(measure, _)| measure), Some(Measure::Hops));
    assert_eq!(over(&doubling(12)).map(|(measure, _)| measure), Some(Measure::Nodes));
}

#[test]
fn a_thousand_expanded_fields_pass_and_one_more_does_not() {
    let text = |leaves: usize| {
        let spread = "...F ".repeat(9);
        format!("{{{spread}{rest}}}fragment F on Q{{{body}}}", rest = "b ".repeat(leaves), body = "a ".repeat(99))
    };
    assert_eq!(examined(&text(100)).unwrap().nodes, 1_000);
    assert_eq!(over(&text(101)), Some((Measure::Nodes, 1_001)));
}

#[test]
fn cyclic_fragments_are_refused_and_named() {
    let cases = [
        ("{...A}fragment A on Q{...A}", "A"),
        ("{...A}fragment A on Q{...B}fragment B on Q{x{...A}}", "A"),
        // Even when nothing uses them: the validator walks every fragment.
        ("{a}fragment A on Q{...B}fragment B on Q{...C}fragment C on Q{...B}", "B"),
    ];
    for (text, name) in cases {
        assert_eq!(examined(text), Err(Refused::Cycle(name.to_owned())), "{text}");
    }
    // A diamond is no cycle.
    let diamond = "{...A ...B}fragment A on Q{...C}fragment B on Q{...C}fragment C on Q{x}";
    assert_eq!(examined(diamond).unwrap().nodes, 6);
}

#[test]
fn aliases_and_directives_hide_in_fragments_in_vain() {
    let text = "{...F ...F ...F ...F}fragment F on Q{a1:a a2:a a3:a a4:a a5:a a6:a a7:a a8:a}";
    assert_eq!(over(text), Some((Measure::Aliases, 32)));
    let text = format!("{{...F ...F}}fragment F on Q{{a{}}}", " @x".repeat(26));
    assert_eq!(over(&text), Some((Measure::Directives, 52)));
    let text = format!("query{}{{a}}", " @x".repeat(51));
    assert_eq!(over(&text), Some((Measure::Directives, 51)));
    let text = format!("query($v:Int{}){{a}}", " @x".repeat(51));
    assert_eq!(over(&text), Some((Measure::Directives, 51)));
}

#[test]
fn depth_counts_fields_through_fragments() {
    let nested = |n: usize| format!("{}{}", "{a".repeat(n), "}".repeat(n));
    assert_eq!(examined(&nested(12)).unwrap().depth, 12);
    assert_eq!(over(&nested(13)), Some((Measure::Depth, 13)));
    let hidden = "{a{a{a{a{a{a{...F}}}}}}}fragment F on Q{b{b{b{b{b{b{b}}}}}}}";
    assert_eq!(over(hidden), Some((Measure::Depth, 13)));
    let wrapped = format!("{{{}a{}}}", "...{".repeat(31), "}".repeat(31));
    assert_eq!(over(&wrapped), Some((Measure::Hops, 32)));
}

#[test]
fn operations_and_fragments_are_counted() {
    let operations = numbered(11, |i| format!("query Q{i}{{a}}"));
    assert_eq!(over(&operations), Some((Measure::Operations, 11)));
    let fragments = numbered(101, |i| format!("fragment F{i} on Q{{a}}"));
    assert_eq!(over(&format!("{{a}}{fragments}")), Some((Measure::Fragments, 101)));
}

#[test]
fn a_mutation_has_five_root_fields_and_a_sign_in_stands_alone() {
    assert!(examined("mutation{a b c d e}").is_ok());
    assert_eq!(over("mutation{a b c d e f}"), Some((Measure::MutationFields, 6)));
    assert_eq!(over("mutation{a b c ...{d e ...F}}fragment F on M{f}"), Some((Measure::MutationFields, 6)));
    assert!(examined("mutation{signIn}").is_ok());
    assert_eq!(over("mutation{signIn a}"), Some((Measure::MutationFields, 2)));
    assert_eq!(over("mutation{a:signIn b:signIn}"), Some((Measure::MutationFields, 2)));
    assert_eq!(over("mutation{...F ...F}fragment F on M{signIn}"), Some((Measure::MutationFields, 2)));
    // Below the root the name means nothing.
    assert!(examined("mutation{a{signIn} b}").is_ok());
    assert_eq!(over("subscription{a b}"), Some((Measure::SubscriptionFields, 2)));
}

#[test]
fn the_chosen_operation_tells_its_kind_and_root_fields() {
    let text = "query A{x ...F}mutation B{y}fragment F on Q{z ...on Q{w}}";
    let limits = Limits::default();
    let of = |name| examine(text, name, &limits, |_| false, false).unwrap().1;
    assert_eq!(of(Some("A")).kind, Some(Kind::Query));
    assert_eq!(of(Some("A")).root_fields, ["w", "x", "z"]);
    assert_eq!(of(Some("B")).kind, Some(Kind::Mutation));
    assert_eq!(of(Some("B")).root_fields, ["y"]);
    assert_eq!(of(Some("C")).kind, None);
    assert_eq!(of(None).kind, None);
}

#[test]
fn introspection_is_seen_wherever_it_hides() {
    let limits = Limits::default();
    for text in
        ["{__schema{types{name}}}", "{...F}fragment F on Q{x:__type(name:\"A\"){name}}", "{a ...{__schema{x}}}", DEEP]
    {
        assert_eq!(examined(text), Err(Refused::Introspection), "{text}");
        if text != DEEP {
            let allowed = examine(text, None, &limits, |_| false, true).unwrap().1;
            assert!(allowed.introspects, "{text}");
        }
    }
    assert!(!examined("{__typename a{__schema}}").unwrap().introspects);
}

/// Too deep and forbidden: the second is what its sender is told.
const DEEP: &str = "{market{a{a{a{a{a{a{a{a{a{a{a{a{a}}}}}}}}}}}}} __schema{x}}";

#[test]
fn only_pure_introspection_is_freed_from_the_depth_limit() {
    let deep = |root: &str, other: &str| format!("{{{root}{}x{} {other}}}", "{ofType".repeat(14) + "{", "}".repeat(15));
    let limits = Limits::default();
    let allowed = |text: &str, deep| examine(text, None, &limits, |_| false, deep).is_ok();
    assert!(allowed(&deep("__schema", "__typename"), true));
    assert!(!allowed(&deep("__schema", ""), false));
    assert!(!allowed(&deep("__schema", "market"), true));
    assert!(!allowed(&deep("market", ""), true));
}

#[test]
fn long_lists_in_a_document_are_refused() {
    let text = |n: usize| format!("{{a(b:[{}])}}", "1 ".repeat(n));
    assert!(examined(&text(1_000)).is_ok());
    assert_eq!(over(&text(1_001)), Some((Measure::ListItems, 1_001)));
    let hidden = format!("query($v:[Int]=[{}]){{a}}", "1 ".repeat(1_001));
    assert_eq!(over(&hidden), Some((Measure::ListItems, 1_001)));
    let hidden = format!("{{a@x(y:{{z:[{}]}})}}", "1 ".repeat(1_001));
    assert_eq!(over(&hidden), Some((Measure::ListItems, 1_001)));
}

#[test]
fn no_text_from_a_generator_of_nonsense_causes_more_work_than_its_length() {
    // A linear congruential generator, so that every run reads the same ten thousand texts.
    let mut state = 20_260_101_u64;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below
    };
    let pieces = [
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "...",
        "a",
        " on Q",
        "fragment F",
        "\"",
        "\"\"\"",
        "\\",
        "#",
        "\n",
        ":",
        "$v",
        "@x",
        "!",
        "=",
        "query",
        "mutation",
        "1",
        "...F",
        ",",
        "é",
        "\u{feff}",
        "&",
        "|",
    ];
    for _ in 0..10_000 {
        let length = draw(60);
        let text: String = (0..length).map(|_| pieces[draw(pieces.len())]).collect();
        if let Ok(weighed) = examined(&text) {
            assert_eq!(weighed.scanned.bytes_scanned, text.len() as u64);
            assert!(weighed.nodes_visited <= text.len() as u64, "{text}");
        }
    }
}

#[test]
fn a_query_that_came_through_before_is_held_to_lower_limits_all_the_same() {
    let text = "{ cameThroughBefore { again { again } } }";
    for _ in 0..3 {
        assert_eq!(examined(text).unwrap().depth, 3);
    }
    let low = Limits { depth: 2, ..Limits::default() };
    let refused = examine(text, None, &low, |_| false, false).map(|(_, weighed)| weighed);
    assert_eq!(refused, Err(Refused::Over { measure: Measure::Depth, allowed: 2, found: 3 }));
    let schema = "{ __schema { queryType { name } } }";
    for _ in 0..3 {
        assert!(examine(schema, None, &Limits::default(), |_| false, true).is_ok());
        assert_eq!(examined(schema), Err(Refused::Introspection), "what one may ask the next may not");
    }
}
