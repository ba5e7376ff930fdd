# How a text is put together, and dates. `mail-lang` is the language tag of an HTML page.
mail-lang = en
# What a list of hosts and invitations may call this language, next to its code.
language-called = English · 英文

# Between two sentences, and between the parts of a list.
sentence-gap = {" "}
list-gap = {", "}

month-name =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
date-day = { $day } { month-name }
date-day-time = { $day } { month-name }, { $time }
date-year = { $day } { month-name } { $year }

# 1 is Monday.
weekday =
    { $day ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    }
