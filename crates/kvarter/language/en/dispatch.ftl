# Dispatch.
dispatch-lede = Where each agreement is: from dispatch to registration.
dispatch-to-issue = Issue agreements
dispatch-to-send = Register dispatches
dispatch-to-districts = Register districts
dispatch-municipality = Municipality
dispatch-counts = { $registered } of { $of } registered, { $late } late, { $refused } cannot be issued an agreement
dispatch-issued = Issued
dispatch-state-signed = State has signed
dispatch-sent = Sent
dispatch-received = Received
dispatch-approved = Approved
dispatch-signed = Signed
dispatch-returned = Returned
dispatch-registered = Registered
dispatch-done = Done
dispatch-next = Waiting since { $day }
dispatch-late = Late, { $days } days
dispatch-later = Later
dispatch-late-note = The covering letter names no day. A step that has waited more than 30 days is shown as late; that is our reading.
work-title = Agreements are being issued
work-title-done = The agreements are issued
work-what = Making originals and covering letters
work-so-far = { $done } of { $total } municipalities
work-leave = You can leave the page. The work goes on and is shown under Dispatch and To do.
work-now = Show how far it has come
work-done = { $count ->
    [one] One agreement is issued
   *[other] { $count } agreements are issued
}
work-done-then = The originals are in each agreement’s signing room. Next are the state’s approval, signature and initials.
work-failed = Something went wrong on our side
work-failed-then = What was issued is whole and stands on the board. Issue the rest again.
work-refused = Could not be issued an agreement
work-to-board = To the board
