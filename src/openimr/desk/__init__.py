"""The web application in which an organization runs its cases: users, pages, database, jobs."""
