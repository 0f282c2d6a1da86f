"""Duties held against a whole force at once: SQL written from their declarations, for an engine handed to it.

Whatever a calendar, a roster, a form of words or a date of birth decides is asked of the judge's own functions, for each
distinct value, and loaded as a small table: `duty/assess` is the meaning, and nothing of it is said twice.

Instants are BIGINT microseconds of UTC; days are INTEGER days since 1970-01-01, by the clocks of London. The tables:

    given_event(source, event_id, kind, earliest, latest, written_at, case_source, case_ref, area, officer, risk, outcome,
                detail)                    standing events; detail is JSON text; case_* NULL where of no case
    given_tie(source, event_id, record_source, record_id, role)
    given_record(record_source, record_id, person, born_first, born_last, sex)     every record held or tied
    given_case(case_source, case_ref, kind, area, closed_earliest, closed_latest)

    fact(event, source, event_id, kind, earliest, latest, written_at, seq, case_no, origin, officer, risk, outcome,
         detail, area, day)                `event` = `seq` = the place by written_at, source, event_id among all, so that
                                           (at, seq) is the one order; `origin` is case_no, else minus the source's
                                           number; `day` of earliest. Holds also each absence (kind absence, earliest
                                           is absent_from) and each closing that only a case's row tells (event_id
                                           closed_at:REF). Only what happened by as-of, and no kind that no duty names
    case_of(case_no, case_source, case_ref, area, first_area, closed_earliest, closed_latest)   case_no by its key
    person(person_no, person, born_first, born_last, sex)
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
