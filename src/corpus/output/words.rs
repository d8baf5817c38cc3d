//! What a reader says of the words of a file: what people see of it, and what it leaves out.

use super::Output;
use crate::article::Article;
use crate::corpus::LeftOut;
use crate::corpus::account::{Ledger, Visible};

impl Output<'_> {
    /// Reads one of several texts of a file whose bytes don't show them, a message or a page: what people see
    /// of it are the passages that `show` enters.
    pub(in crate::corpus) fn shown<T>(&mut self, act: impl FnOnce(&mut Self) -> T) -> T {
        self.in_ledger(Ledger::new(Visible::Parts, false), act)
    }

    /// Enters a text that people see.
    pub(in crate::corpus) fn show(&mut self, text: &str) {
        self.ledger.borrow_mut().show(text);
    }

    /// Enters what a text shows that is marked up in a way.
    pub(in crate::corpus) fn show_as(&mut self, how: Visible, text: &str) {
        self.ledger.borrow_mut().show_as(how, text);
    }

    /// The same as [`Output::leave_out`] of a text that is marked up in a way.
    pub(in crate::corpus) fn leave_out_as(&mut self, reason: LeftOut, how: Visible, text: &str) {
        self.ledger.borrow_mut().leave_out_as(reason, how, text);
    }

    /// Enters a record that has neither title nor text, and is skipped.
    pub(in crate::corpus) fn no_article(&mut self, record: &Article) {
        self.ledger.borrow_mut().no_article(record);
    }

    /// Enters a text that people see and that is in no article, for a reason.
    pub(in crate::corpus) fn leave_out(&mut self, reason: LeftOut, text: &str) {
        self.ledger.borrow_mut().leave_out(reason, text);
    }
}
