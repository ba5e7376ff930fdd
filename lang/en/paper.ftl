# Badges.
badge-visitor = Visitor
badge-host = Host
badge-until = Valid until
badge-number = No.
badge-footer = Please wear it · Scan out at reception
badge-footer-escort = Escort required · Scan out at reception
# Someone of a group whose name is not known.
badge-member = Visitor { $number }/{ $of }

# Roll calls. Whoever walks through the house reads these two, in whatever language.
roll-drill = 演习 DRILL
roll-heading = 点名 / Roll call
roll-list = List { $issue }: { $time }
roll-page =
    Page { $page } of { $pages } · { $people ->
        [one] 1 person on site
       *[other] { $people } people on site
    }
roll-unconfirmed = and { $count } signed out, not confirmed
roll-names-by-mail = The names go by e-mail.
roll-nobody = No visitors are on site.
roll-people = { $people }
roll-host = Host { $host }
roll-nowhere = Place not known
roll-safe = safe { $time }
roll-missing = MISSING { $time }
roll-said-left = signed out at { $time } by number only
roll-marked = { $mark }; { $left }

# The numbers of a month.
numbers-counted = Counted on { $time }

# Appointments.
calendar-summary = Visit to { $company }
