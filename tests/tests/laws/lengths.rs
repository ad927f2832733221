//! Rooms with walls: a file has fewer than 400 lines, a function fewer than 60.

use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};

use crate::workspace::{Source, root, rust_sources, sources};

const FILE: usize = 400;
const FUNCTION: usize = 60;

fn too_long(sources: &[Source]) -> Vec<String> {
    let long = |s: &&Source| s.text.lines().count() >= FILE;
    sources.iter().filter(long).map(|s| format!("{}: {} lines", s.path, s.text.lines().count())).collect()
}

struct Functions {
    path: String,
    found: Vec<String>,
}

impl Functions {
    fn measure(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let lines = block.span().end().line - signature.span().start().line + 1;
        if lines >= FUNCTION {
            self.found.push(format!("{}: {} has {lines} lines", self.path, signature.ident));
        }
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.measure(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.measure(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.measure(&item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }
}

fn long_functions(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let mut functions = Functions { path: source.path.clone(), found: Vec::new() };
        functions.visit_file(&source.syntax());
        found.append(&mut functions.found);
    }
    found
}

fn of(path: &str, text: String) -> Source {
    Source { path: path.to_owned(), text }
}

/// A function named `name` of exactly `lines` lines.
fn function(name: &str, lines: usize) -> String {
    format!("fn {name}() {{\n{}}}\n", "    call();\n".repeat(lines - 2))
}

#[test]
fn no_file_of_the_house_has_400_lines() {
    assert_eq!(too_long(rust_sources()), Vec::<String>::new());
    assert_eq!(too_long(&sources(root(), &["ts", "tsx", "mjs", "css", "sh"])), Vec::<String>::new());
}

#[test]
fn no_function_of_the_house_has_60_lines() {
    assert_eq!(long_functions(rust_sources()), Vec::<String>::new());
}

#[test]
fn a_file_of_400_lines_is_caught_and_one_of_399_is_not() {
    let planted = [of("short.rs", "//\n".repeat(399)), of("long.rs", "//\n".repeat(400))];
    assert_eq!(too_long(&planted), ["long.rs: 400 lines"]);
}

#[test]
fn a_function_of_60_lines_is_caught_wherever_it_stands() {
    let text = format!(
        "{}{}impl A {{\n{}}}\ntrait B {{\n{}}}\nmod c {{\n{}}}\n",
        function("short", 59),
        function("free", 60),
        function("method", 60),
        function("default", 61),
        function("inner", 60),
    );
    assert_eq!(
        long_functions(&[of("a.rs", text)]),
        [
            "a.rs: free has 60 lines",
            "a.rs: method has 60 lines",
            "a.rs: default has 61 lines",
            "a.rs: inner has 60 lines"
        ]
    );
}
