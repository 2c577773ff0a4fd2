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
step-receive = Register that the agreement has been received
step-receive-button = Register the receipt
step-approve = Register the approval of the agreement
step-approve-button = Register the decision
step-attest = Attest signature and initials on both originals
step-attest-button = To the signing room
step-send = Send the agreement to the municipality
step-send-button = Register the dispatch
step-send-back = Send one original back with a copy of the decision
step-send-back-button = Register the return
step-keep = Say where the municipality’s original is kept
step-keep-button = Register custody
step-register-return = Register the original that has come back
step-register-return-button = Register as returned
