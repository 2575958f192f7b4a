//! A list for each of many things, all in one piece.

/// Many short lists, one behind the other: what a vector of vectors would hold, without an allocation a list.
#[derive(Debug)]
pub struct Lists<T> {
    items: Vec<T>,
    /// Where each list ends among the items.
    ends: Vec<usize>,
}

impl<T> Lists<T> {
    /// None yet, with room for as many as that.
    pub(super) fn with_capacity(lists: usize) -> Self {
        Self { items: Vec::with_capacity(lists), ends: Vec::with_capacity(lists) }
    }

    /// Adds a list.
    pub(super) fn push(&mut self, items: impl IntoIterator<Item = T>) {
        self.items.extend(items);
        self.ends.push(self.items.len());
    }

    /// What is in all of them.
    pub(super) fn items_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.items.iter_mut()
    }

    /// The list at a place.
    pub fn get(&self, place: usize) -> &[T] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start..self.ends[place]]
    }
}
