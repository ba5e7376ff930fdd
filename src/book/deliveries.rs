//! Parcels for somebody of the house: come, written about, written about once more, collected.

use crate::book::error::BookError;
use crate::book::rows::deliveries::{COLUMNS, delivery};
use crate::book::rows::entry::Entry;
use crate::book::rows::{in_zone, zone_of};
use crate::book::rules::recipients::{self, Recipient};
use crate::book::strangers::{Stranger, may_reach_host};
use crate::book::{Book, CLOCK_SWAYS};
use crate::config::Reception;
use crate::errand::{About, Circumstances, Earlier, Letter, PARCELS_GOOD_FOR, Reader, Work};
use crate::now::Now;
use crate::visit::{Delivery, DeliveryId, Host, Note};
use rusqlite::{Connection, Params, params};

/// A delivery that is to be registered.
#[derive(Clone, Debug)]
pub struct NewDelivery {
    /// Whom it is for.
    pub host_id: String,
    /// Who brings it.
    pub carrier: Option<Note>,
    /// How many parcels.
    pub parcels: u8,
    /// Somebody must come and sign.
    pub to_sign: bool,
    /// The invitation by which it was announced.
    pub invitation: Option<String>,
}

impl Book {
    /// Registers parcels: the row, the letter to whom they are for, and the journal's lines, in one change.
    ///
    /// # Errors
    /// The book failed; nothing was kept.
    pub fn take_in(&mut self, new: NewDelivery, now: Now) -> Result<Delivery, BookError> {
        let host = self
            .host(&new.host_id)?
            .ok_or_else(|| BookError::Corrupt(format!("the host {} is gone", new.host_id)))?;
        let remind = now.after(self.reception.parcel_hours).millis();
        let change = self.change(now)?;
        let reception = change.reception;
        let id = DeliveryId(change.new_id());
        let delivery = Delivery {
            id,
            number: change
                .query_row("SELECT coalesce(max(number), 0) + 1 FROM deliveries", [], |row| row.get(0))?,
            host_id: new.host_id,
            carrier: new.carrier,
            parcels: new.parcels,
            to_sign: new.to_sign,
            arrived: in_zone(now.millis(), zone_of(&now)),
            collected: None,
        };
        change.execute(
            &format!("INSERT INTO deliveries ({COLUMNS}, remind) VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?)"),
            params![
                id.0.to_string(),
                delivery.number,
                delivery.host_id,
                delivery.carrier.as_ref().map(Note::as_str),
                delivery.parcels,
                delivery.to_sign,
                delivery.arrived.timestamp_millis(),
                zone_of(&now),
                remind,
            ],
        )?;
        if let Some(invitation) = new.invitation {
            // What is brought is taken in, whoever was sooner.
            change.execute(
                "UPDATE invitations SET used_by = ? WHERE id = ? AND used_by IS NULL",
                params![id.0.to_string(), invitation],
            )?;
        }
        let entry = Entry::ParcelsCame(Box::new(delivery.clone()));
        change.log(&entry, &id.0.to_string())?;
        let reaches = may_reach_host(&change, &Stranger::Courier(&host))?;
        if let Some(letter) = letter(&change, reception, &delivery, &host, (false, reaches))? {
            change.queue(id, &Work::Letter(letter), PARCELS_GOOD_FOR)?;
        }
        change.commit()?;
        Ok(delivery)
    }

    /// Writes once more about parcels that nobody came for.
    pub(in crate::book) fn remind_of_parcels(&mut self, now: Now) -> Result<(), BookError> {
        // What lies farther ahead was written before the clock was set back.
        let far = now.after(self.reception.parcel_hours + CLOCK_SWAYS).millis();
        let mut late = self.deliveries("collected IS NULL AND remind <= ?", [now.millis()])?;
        late.extend(self.deliveries("collected IS NULL AND remind > ?", [far])?);
        for delivery in late {
            let Some(host) = self.host(&delivery.host_id)? else { continue };
            let change = self.change(now)?;
            let reception = change.reception;
            let reaches = may_reach_host(&change, &Stranger::Courier(&host))?;
            let letter = letter(&change, reception, &delivery, &host, (true, reaches))?;
            let id = delivery.id.0.to_string();
            let still = change
                .execute("UPDATE deliveries SET remind = NULL WHERE id = ? AND collected IS NULL", [&id])?;
            if still == 0 {
                continue;
            }
            change.log(&Entry::ParcelsReminded, &id)?;
            if let Some(letter) = letter {
                let work = Work::Letter(letter);
                change.queue(delivery.id, &work, PARCELS_GOOD_FOR)?;
            }
            change.commit()?;
        }
        Ok(())
    }

    /// The parcels that nobody has collected yet, first come first.
    ///
    /// # Errors
    /// The book failed.
    pub fn parcels(&self) -> Result<Vec<Delivery>, BookError> {
        self.deliveries("collected IS NULL ORDER BY number", [])
    }

    /// Somebody collected a delivery; false where it was collected before, or is not known.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn collect(&mut self, number: u32, by: &str, now: Now) -> Result<bool, BookError> {
        let Some(found) = self.deliveries("number = ? AND collected IS NULL", [number])?.pop() else {
            return Ok(false);
        };
        let id = found.id.0.to_string();
        let change = self.change_by(by, now)?;
        let done = change.execute(
            "UPDATE deliveries SET collected = ?, remind = NULL, erased = 0 WHERE id = ? AND collected IS NULL",
            params![now.millis(), id],
        )?;
        if done == 1 {
            let entry = Entry::ParcelsCollected { by: change.by() };
            change.log(&entry, &id)?;
            change.commit()?;
        }
        Ok(done == 1)
    }

    fn deliveries(&self, condition: &str, params: impl Params) -> Result<Vec<Delivery>, BookError> {
        let mut found =
            self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM deliveries WHERE {condition}"))?;
        let found = found.query_map(params, |row| Ok(delivery(row)))?;
        found.map(|delivery| delivery?).collect()
    }
}

/// The letter about parcels to whom they are for, or to whoever can be written to instead; none where nobody can.
fn letter(
    change: &Connection,
    reception: &Reception,
    delivery: &Delivery,
    host: &Host,
    (again, reaches_host): (bool, bool),
) -> Result<Option<Letter>, BookError> {
    let readers: &[Reader] = if reaches_host { &recipients::OF_PARCELS } else { &[Reader::Reception] };
    let earlier = if reaches_host { Earlier::Nobody } else { Earlier::Spared };
    let recipient = recipients::first(change, reception, host, readers)?;
    Ok(recipient.map(|Recipient { reader, email, name, lang }| Letter {
        about: About::Parcels { to_sign: delivery.to_sign, again },
        to: email,
        to_name: name,
        lang,
        visitor: delivery.carrier.as_ref().map(|carrier| carrier.as_str().to_owned()).unwrap_or_default(),
        company: String::new(),
        party: delivery.parcels,
        host: host.name.get(lang).to_owned(),
        number: delivery.label(),
        arrived: delivery.arrived,
        visit_type: String::new(),
        purpose: String::new(),
        waiting_at: reception.place.get(lang).to_owned(),
        due: None,
        lines: Vec::new(),
        ticket: None,
        circumstances: Circumstances { reader, earlier, ..Circumstances::default() },
    }))
}
