"""Print the reference page of access: the roles, what each opens, and who may do what."""

from duecare.access import ROLES, Act, Role


def marked(role: Role, act: Act) -> str:
    """How does the table say whether this role may do this act?"""
    if act in role.acts:
        return "yes"
    return "by command line" if act in role.acts_on_command else "–"


def opened(role: Role) -> str:
    """Which cases does this role open, in words?"""
    reach = sorted(one.value for one in role.reach)
    reach += sorted(f"{one.value} (by command line only)" for one in role.reach_on_command - role.reach)
    return "; ".join(reach) or "none"


def main() -> None:
    """Print the page."""
    print("# Who may do what\n")
    print("Need to know is decided in one room, `access`. What this page does not say is allowed is not. It is printed")
    print("from the code: `make docs`. Why it is so: [need to know](../explanation/need-to-know.md).\n")
    print("## Roles\n")
    print("| role | name in the system | for what | opens |")
    print("| --- | --- | --- | --- |")
    for role in ROLES:
        print(f"| {role.display} | `{role.name}` | {role.description} | {opened(role)} |")
    print("\nA person opens where one of their cases opens, and a child in custody now for the custody roles. A")
    print(
        "**restricted** case or person opens only for those allocated to the case, or supervising it, by name, and for"
    )
    print(
        "those whose row says so. A **sealed** one opens only for those allocated or supervising by name; for everyone"
    )
    print("else it does not exist. Someone with several roles may do what any of them may.\n")
    print("## Acts\n")
    print("A list being open does not open its lines: each shows only the cases and people its reader may open.\n")
    print("| act | what it is | " + " | ".join(role.display for role in ROLES) + " |")
    print("| --- | --- |" + " --- |" * len(ROLES))
    for act in Act:
        print(f"| {act.title} | {act.words} | " + " | ".join(marked(role, act) for role in ROLES) + " |")


if __name__ == "__main__":
    main()
