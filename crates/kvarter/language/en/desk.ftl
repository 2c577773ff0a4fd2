# To do.
desk-lede = What you can do now, nearest last day first.
desk-nothing = Nothing is waiting for you. What is to be done comes here when it is your turn.
desk-see-duties = See all commitments
desk-steps = Agreements that wait for you
desk-duties = Commitments
step-since = Waiting since
step-waits-today = Since today
step-waits = { $days ->
    [one] Has waited one day
   *[other] Has waited { $days } days
}
step-receive-button = Register the receipt
step-approve-button = Register the decision
step-attest-button = To the signing room
step-send-button = Register the dispatch
step-send-back-button = Register the return
step-keep-button = Register custody
step-register-return-button = Register as returned
