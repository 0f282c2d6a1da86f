"""Duties checked for a whole force at once: SQL written from their declarations, for an engine handed to it.

Whatever a calendar, a roster, a form of words or a date of birth decides is asked of the judge's own functions, for each
distinct value, and loaded as a small table: `duty/assess` is the meaning, and nothing of it is said twice.
`pauses_sql` and the like do what `duty/pauses` and the like do, for every case at once.

Instants are BIGINT microseconds of UTC; days are INTEGER days since 1970-01-01, by the clocks of London. The tables:

    given_event(source, event_id, kind, earliest, latest, written_at, case_source, case_ref, area, officer, risk, outcome,
                detail)                    standing events; detail is JSON text; case_* NULL where of no case
    given_tie(source, event_id, record_source, record_id, role)
    given_record(record_source, record_id, person, born_first, born_last, sex)     every record held or tied
    given_case(case_source, case_ref, kind, area, closed_earliest, closed_latest)

`prepare` makes of these, the same for any moment and any rulebook:

    event_no(event, source, event_id, kind, earliest, latest, written_at, case_no, origin, officer, who, risk, outcome,
             detail, area, day, is_row)    `event` is the place by written_at, source, event_id among all, so that
                                           (at, event) is the one order; `origin` is case_no, else minus the source's
                                           number; `who` is the officer as compared; `day` is that of earliest. is_row:
                                           an absence (kind absence, earliest is absent_from), or a closing that a
                                           case's row tells (event_id closed_at:REF)
    case_of(case_no, case_source, case_ref, is_held, kind, area, closed_earliest, closed_latest)    case_no by its key
    born_of, record_of(record_no, record_source, record_id, person_no), tie_no(event, record_no, person_no, bit),
    role_of(role, bit), absence_of(officer, source, event_id, event)

Of what is prepared, as of one moment and for one list of duties:

    fact                                   as event_no, with kind_no and seq (= event): what happened by as-of, of kinds
                                           that a duty names; closings of rows that no event tells; every absence
    person(person_no, person, born_first, born_last, sex, first_AGE, last_AGE…)     the days on which the oldest and the
                                           youngest they may be attain each age that is asked about
    tied(event, person_no, roles, case_no, earliest, kind_no)    kind_no NULL: not in `fact`
    cast_of(case_no, person_no, roles)     by as-of; in_case(person_no, case_no): ever
    line(line, is_case, case_no, person_no)      one a timeline: a case (line = case_no) or a person
                                                 (line = -person_no)
    vacancy(officer, from_at, to_at, event)      `officer` as compared; from_at is absent_from and the grace; to_at NULL:
                                                 no return is known; event is the absence's row in `fact`
    candidate(duty, line, part, level, event, counts, reason, place)     as `duty/facts.candidates`: counts TRUE or NULL;
                                                 duty is its place in the list of duties; the judge's order within a
                                                 (duty, line) is: closings told by rows last (place >= 1000), by place;
                                                 all others by earliest, seq, place

    row(row, duty, line, trigger, number, started_at, rule, ref, due_at, due_on, unknown, met, met_at, excused, ended,
        ended_at, ended_why, stopped_at, state, reason, is_sure)      one a finding
    evidence(row, role, event)
"""
