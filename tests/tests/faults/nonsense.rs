//! Documents that mean harm: of every shape, at sizes around each limit and far beyond it.

use super::Dice;

/// A shape: its name, the sizes worth trying, and the document of a size.
pub(super) struct Shape {
    pub(super) name: &'static str,
    pub(super) sizes: [usize; 4],
    pub(super) document: fn(usize, &mut Dice) -> String,
}

/// So many pieces, one after the other.
fn numbered(many: usize, piece: impl Fn(usize) -> String) -> String {
    (0..many).map(piece).collect()
}

/// `open` and `close` so often around `middle`.
fn nested(open: &str, middle: &str, close: &str, many: usize) -> String {
    format!("{}{middle}{}", open.repeat(many), close.repeat(many))
}

const NEST: [usize; 4] = [12, 62, 150, 5_000];

/// Nesting, one of every bracket and of every place a bracket may stand.
const NESTINGS: [Shape; 10] = [
    Shape { name: "fields", sizes: NEST, document: |n, _| format!("{{me{}}}", nested("{a", "", "}", n)) },
    Shape {
        name: "connections",
        sizes: NEST,
        document: |n, _| format!("{{directory(first:100){}}}", nested("{edges{node", "{id}", "}}", n)),
    },
    Shape {
        name: "inline fragments",
        sizes: NEST,
        document: |n, _| format!("{{{}}}", nested("...{", "__typename", "}", n)),
    },
    Shape {
        name: "typed inline fragments",
        sizes: NEST,
        document: |n, _| format!("{{{}}}", nested("... on Query{", "__typename", "}", n)),
    },
    Shape {
        name: "lists",
        sizes: NEST,
        document: |n, _| format!("{{directory(filter:{{trades:{}}}){{totalCount}}}}", nested("[", "\"a\"", "]", n)),
    },
    Shape {
        name: "objects",
        sizes: NEST,
        document: |n, _| format!("{{directory(filter:{}){{totalCount}}}}", nested("{search:", "1", "}", n)),
    },
    Shape {
        name: "types of variables",
        sizes: NEST,
        document: |n, _| format!("query($v:{}){{__typename}}", nested("[", "Int", "]", n)),
    },
    Shape {
        name: "defaults of variables",
        sizes: NEST,
        document: |n, _| format!("query($v:[Int]={}){{__typename}}", nested("[", "1", "]", n)),
    },
    Shape {
        name: "arguments of directives",
        sizes: NEST,
        document: |n, _| format!("{{__typename@skip(if:{})}}", nested("[", "true", "]", n)),
    },
    Shape {
        name: "brackets that never close",
        sizes: NEST,
        document: |n, dice| (0..n).map(|_| ["{", "[", "(", "{a(b:["][dice.below(4)]).collect(),
    },
];

/// Floods: a little text that asks for a lot of work, or a lot of the same.
const FLOODS: [Shape; 12] = [
    Shape {
        name: "doubling fragments",
        sizes: [5, 9, 28, 90],
        document: |n, _| {
            let chain = numbered(n, |i| format!("fragment F{i} on Query{{...F{0} ...F{0}}}", i + 1));
            format!("{{...F0}}{chain}fragment F{n} on Query{{__typename}}")
        },
    },
    Shape {
        name: "fragments that spread all others",
        sizes: [4, 8, 20, 60],
        document: |n, _| {
            let body = |i: usize| numbered(n - i, |j| format!("...F{} ", i + j + 1));
            let all = numbered(n, |i| format!("fragment F{i} on Query{{{}}}", body(i)));
            format!("{{...F0}}{all}fragment F{n} on Query{{__typename}}")
        },
    },
    Shape {
        name: "fragments in a ring",
        sizes: [1, 2, 30, 99],
        document: |n, _| {
            let ring = numbered(n, |i| format!("fragment F{i} on Query{{...F{}}}", (i + 1) % n));
            format!("{{...F0}}{ring}")
        },
    },
    Shape {
        name: "aliases",
        sizes: [10, 30, 31, 900],
        document: |n, _| format!("{{{}}}", numbered(n, |i| format!("a{i}:__typename "))),
    },
    Shape {
        name: "aliases of a list",
        sizes: [2, 30, 31, 300],
        document: |n, _| {
            format!("{{{}}}", numbered(n, |i| format!("a{i}:directory(first:100){{edges{{node{{name}}}}}} ")))
        },
    },
    Shape {
        name: "directives",
        sizes: [1, 50, 51, 700],
        document: |n, _| format!("{{__typename{}}}", " @include(if:true)".repeat(n)),
    },
    Shape {
        name: "the same field again",
        sizes: [10, 999, 1_001, 1_600],
        document: |n, _| format!("{{{}}}", "city{code} ".repeat(n)),
    },
    Shape {
        name: "fields that are none",
        sizes: [1, 11, 400, 2_500],
        document: |n, _| format!("{{{}}}", numbered(n, |i| format!("x{i} "))),
    },
    Shape {
        name: "operations",
        sizes: [2, 10, 11, 600],
        document: |n, _| numbered(n, |i| format!("query Q{i}{{__typename}}")),
    },
    Shape {
        name: "fragments",
        sizes: [1, 99, 101, 400],
        document: |n, _| format!("{{__typename}}{}", numbered(n, |i| format!("fragment F{i} on Query{{__typename}}"))),
    },
    Shape {
        name: "sign-ins",
        sizes: [2, 3, 6, 100],
        document: |n, _| {
            let one = "signIn(input:{username:\"a\",password:\"b\"}){__typename} ";
            format!("mutation{{{}}}", numbered(n, |i| format!("a{i}:{one}")))
        },
    },
    Shape {
        name: "long text",
        sizes: [100, 15_000, 16_400, 200_000],
        document: |n, _| format!("{{publicMarket(idOrSlug:\"{}\"){{name}}}}", "长".repeat(n / 3)),
    },
];

/// Noise: words of the language in no order, so that every text is read to the end or refused on the way.
const NOISE: Shape = Shape {
    name: "words in no order",
    sizes: [8, 40, 400, 4_000],
    document: |n, dice| {
        const WORDS: [&str; 28] = [
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            "...",
            "city",
            " on Query",
            "fragment F",
            "\"",
            "\"\"\"",
            "\\",
            "#",
            "\n",
            ":",
            "$v",
            "@skip",
            "!",
            "=",
            "query",
            "mutation",
            "1",
            "...F",
            ",",
            "é",
            "\u{feff}",
            "|",
        ];
        (0..n).map(|_| WORDS[dice.below(WORDS.len())]).collect()
    },
};

/// Every shape there is.
pub(super) fn shapes() -> Vec<Shape> {
    let noise = (0..12).map(|_| NOISE);
    NESTINGS.into_iter().chain(FLOODS).chain(noise).collect()
}
