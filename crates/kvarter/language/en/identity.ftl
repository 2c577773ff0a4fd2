# Signing in.
sign-in-not = You could not be signed in
sign-in-with = With a sign-in name
sign-in-as = Sign in as
sign-in-as-hint = In the demonstration you can be any of those who act in the agreement.
demo-day-title = The demonstration’s day
demo-day-label = Day
demo-day-hint = Write as YYYY-MM-DD. The clock does not go back past what is registered already.
demo-day-button = Set the day
