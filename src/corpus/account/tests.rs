//! The account beside the rule in so many words: every word counted in a map, every passage looked at.

use super::ledger::Ledger;
use super::sorting::{Passage, Sorting, Source};
use super::visible::{Visible, passages};
use super::words::each_word;
use super::{Account, LeftOut};
use crate::article::Article;
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::{HashMap, HashSet};

fn words(text: &str) -> Vec<u64> {
    let mut found = Vec::new();
    each_word(text, |word| found.push(word));
    found
}

/// What the rule needs to know: words that articles have, words that readers said they left out.
struct ByTheRule {
    indexed: HashMap<u64, u64>,
    menu: HashMap<u64, u64>,
    account: Account,
}

impl ByTheRule {
    fn of(articles: &[Article], menu: &str) -> Self {
        let mut rule = Self {
            indexed: HashMap::new(),
            menu: HashMap::new(),
            account: Account::default(),
        };
        for word in articles
            .iter()
            .flat_map(|article| [words(&article.title), words(&article.body)].concat())
        {
            *rule.indexed.entry(word).or_default() += 1;
        }
        words(menu)
            .into_iter()
            .for_each(|word| *rule.menu.entry(word).or_default() += 1);
        rule
    }

    /// Takes the words of a passage, and gives those that are nowhere.
    fn take(&mut self, passage: &[u64]) -> Vec<u64> {
        let mut missing = Vec::new();
        for word in passage {
            self.account.visible += 1;
            let has = |words: &mut HashMap<u64, u64>| {
                let left = words.get_mut(word).filter(|left| **left > 0);
                left.map(|left| *left -= 1).is_some()
            };
            if has(&mut self.indexed) {
                self.account.in_articles += 1;
            } else if has(&mut self.menu) {
                self.account.leave_out(LeftOut::Menu, 1);
            } else {
                missing.push(*word);
            }
        }
        missing
    }
}

fn by_the_rule(how: Visible, shown: &str, articles: &[Article], menu: &str) -> Account {
    let mut rule = ByTheRule::of(articles, menu);
    let mut seen = Vec::new();
    passages(how, shown.as_bytes(), &mut false, &mut |passage| {
        seen.push((passage.to_string(), words(passage)))
    });
    let titles: HashSet<Vec<u64>> = articles.iter().map(|article| words(&article.title)).collect();
    let in_order: Vec<u64> = articles
        .iter()
        .flat_map(|article| [words(&article.title), words(&article.body)].concat())
        .collect();
    let known: HashSet<&[u64]> = in_order.windows(5).collect();
    let stands = |words: &Vec<u64>| {
        let found = words.windows(5).filter(|run| known.contains(run)).count();
        titles.contains(words) || found > 0 && found * 10 >= words.windows(5).len() * 9
    };
    let (standing, others): (Vec<_>, Vec<_>) = seen.into_iter().partition(|(_, words)| stands(words));
    for (_, words) in standing {
        let missing = rule.take(&words).len() as u64;
        rule.account.leave_out(LeftOut::Duplicate, missing);
    }
    let source = if how == Visible::Markup {
        Source::Page
    } else {
        Source::Text
    };
    let mut sorting = Sorting::new(source, articles.len() as u64);
    for (text, words) in others {
        let before = rule.account.left_out.clone();
        let missing = rule.take(&words);
        let passage = Passage {
            text: &text,
            words: &words,
            missing: &missing,
        };
        if !missing.is_empty() {
            sorting.sort(&passage, &mut rule.account);
        }
        rule.account.examples_since(&before, &text);
    }
    rule.account
}

fn ledger(how: Visible, is_long: bool, shown: &str, articles: &[Article], menu: &str) -> Account {
    let mut ledger = Ledger::new(how, is_long);
    ledger.read(shown.as_bytes());
    articles.iter().for_each(|article| ledger.article(article));
    ledger.leave_out(LeftOut::Menu, menu);
    ledger.balance()
}

/// A text of few words, so that passages and articles share many.
fn text() -> impl Strategy<Value = String> {
    vec(
        "(le|la|pont|est|fermé|gao|Gao|2024|mars|3|route|coupée|dit|maire)",
        0..14,
    )
    .prop_map(|words| words.join(" "))
}

fn article() -> impl Strategy<Value = Article> {
    (text(), vec(text(), 0..4)).prop_map(|(title, lines)| Article {
        title,
        body: lines.join("\n"),
        ..Article::default()
    })
}

proptest! {
    #[test]
    fn the_account_is_that_of_the_rule(
        articles in vec(article(), 0..4),
        others in vec(text(), 0..4),
        order in any::<u64>(),
        menu in text(),
        is_page in any::<bool>(),
    ) {
        let mut shown: Vec<&str> = articles.iter().flat_map(|article| article.body.lines().chain([&*article.title])).collect();
        shown.extend(others.iter().map(String::as_str));
        if !shown.is_empty() {
            let middle = order as usize % shown.len();
            shown.rotate_left(middle);
        }
        let (how, shown) = match is_page {
            true => (Visible::Markup, shown.join("<p>")),
            false => (Visible::Lines, shown.join("\n")),
        };
        let rule = by_the_rule(how, &shown, &articles, &menu);
        let by_passages = ledger(how, false, &shown, &articles, &menu);
        // Of equal words it is not said which of them articles have, so that what lacks them may look otherwise.
        let sums = |account: &Account| {
            let menu = account.left_out.get(&LeftOut::Menu).copied().unwrap_or(0);
            let others: u64 = account.left_out.values().sum::<u64>() + account.unaccounted;
            (account.visible, account.in_articles, others, if is_page { 0 } else { menu })
        };
        prop_assert_eq!(sums(&by_passages), sums(&rule));
        // By counts alone, whatever stands where, the sums are the same.
        let long = ledger(how, true, &shown, &articles, &menu);
        prop_assert_eq!((long.visible, long.in_articles), (rule.visible, rule.in_articles));
    }
}
