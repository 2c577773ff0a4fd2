# Verification of signatures: what is said of a file, for those who are neither lawyers nor engineers.
verify-passed = The file is whole, and every signature holds
verify-failed = The file does not hold
verify-indeterminate = It cannot be determined whether the signatures hold
verify-unsigned = The file has not been signed with any key
verify-office-lacking = The file is whole, but whoever signed did not hold the office
verify-known = The file is the agreement { $agreement }, { $version ->
    [0] as it was issued
   *[other] version { $version }
}.
verify-latest = It is the latest version.
verify-not-latest = There is a later version.
verify-unknown = The file is none of the versions in this installation.
verify-digest = The file’s fingerprint (SHA-256)
verify-package-whole = The package is whole: { $files }
verify-package-sealed = Sealed by { $name }{ $day ->
    [none] . No timestamp proves the day.
   *[other] , on { $day } by timestamp.
}
verify-package-sealed-unasked = Sealed by { $name }{ $day ->
    [none] . No timestamp proves the day, and the package does not say whether the certificate was revoked.
   *[other] , on { $day } by timestamp. The package does not say whether the certificate was revoked; what is signed in it is judged by itself.
}
verify-package-sealed-untrusted = Sealed by { $name }, whom neither you nor Kvarter here trusts{ $day ->
    [none] .
   *[other] : the day in the seal, { $day }, therefore proves nothing.
}
verify-package-nameless = somebody who gives no name
verify-package-broken = The package is not whole: a file in it has been replaced, is missing or was added. It holds { $files }.
verify-words-same = The words are the programme’s own (likalydande).
verify-words-depart = The words depart from the programme’s text:
verify-words-unknown = The file is not an agreement of the programme, so its words are not compared.
verify-unreadable = The file cannot be read as a PDF, so its signatures cannot be checked.
verify-signatures = Signatures
verify-signature-initials = { $party }: initials on { $pages ->
    [one] one page
   *[other] { $pages } pages
}, { $name }
verify-signature-signature = { $party }: signature, { $name }
verify-signature-other = Signature, { $name }
verify-signature-timestamp = Timestamp over the whole file, { $name }
verify-nobody = unknown
verify-when-timestamp = { $day }, by a timestamp
verify-when-document-timestamp = { $day } at the latest, by a timestamp over the file
verify-when-claimed = { $day }, as the signatory says; no timestamp vouches for the day
verify-when-unknown = No day is stated.
verify-intact = Unchanged since
verify-valid = Made with the certificate’s key
verify-trusted = The certificate is trusted
verify-yes = yes
verify-no = no
verify-certificate = Certificate of { $name }, issued by { $issuer }, valid { $from }–{ $to }
verify-level-b-b = Level B-B: a signature with its certificate.
verify-level-b-t = Level B-T: a timestamp vouches for the time.
verify-level-b-lt = Level B-LT: the evidence for the certificates is in the file.
verify-level-b-lta = Level B-LTA: the evidence is timestamped too, for a long time.
verify-office-held = { $name } held the office { $role } on { $day }.
verify-office-not-held = { $name } held no office that allowed signing on { $day }.
verify-office-unknown = Whether { $name } held an office on { $day } is not known to this installation.
verify-findings = What was noticed
verify-level-fail = Fault
verify-level-warn = Note
verify-level-inform = Information
verify-pages = Initials on every page
verify-page = Page { $page }
verify-page-same = { $name }, { $day }
verify-page-differs = The page is another than the one that { $name } initialled on { $day }
verify-page-missing = Initials are missing
verify-page-differs-found = Page { $page } is not the page that { $name } initialled on { $day }. The page then had the fingerprint { $hash }.
verify-on-page = Page { $page }: { $words }
verify-of-party = { $words } ({ $party })

# Why, with the standard’s reasons (ETSI EN 319 102-1).
verify-because-format-failure = The file or the signature is not built as it should be.
verify-because-hash-failure = Something in the file was changed after the signature.
verify-because-sig-crypto-failure = The signature was not made with the key that belongs to the certificate.
verify-because-revoked = The certificate was revoked when the signature was made.
verify-because-expired = The certificate had expired when the signature was made.
verify-because-not-yet-valid = The certificate was not yet valid when the signature was made.
verify-because-sig-constraints-failure = Something in the file was changed that may not be changed after the signature, or the signature breaks a rule.
verify-because-chain-constraints-failure = The issuer of the certificate was not allowed to issue such a certificate.
verify-because-certificate-chain-general-failure = The certificate’s chain of issuers does not hold.
verify-because-crypto-constraints-failure = The signature rests on a method that is no longer safe.
verify-because-crypto-constraints-failure-no-poe = The signature rests on a method that is no longer safe, and nothing shows that it was made while the method was.
verify-because-timestamp-order-failure = The timestamps come in the wrong order.
verify-because-no-signing-certificate-found = The certificate of the signature is missing.
verify-because-no-certificate-chain-found = The certificate does not lead to any issuer that is trusted here.
verify-because-revoked-no-poe = The certificate is revoked, and nothing shows that the signature was made before that.
verify-because-revoked-ca-no-poe = An issuer’s certificate is revoked, and nothing shows that the signature was made before that.
verify-because-out-of-bounds-no-poe = The certificate is not valid now, and nothing shows that the signature was made while it was.
verify-because-out-of-bounds-not-revoked = The certificate is not valid now. It was not revoked, but nothing shows that the signature was made while it was valid.
verify-because-no-poe = Nothing shows when the signature was made.
verify-because-try-later = Whether the certificate is revoked is not known; nobody can be asked from here.
verify-because-signed-data-not-found = What was signed is not in the file.

# What was changed after a signature.
verify-change-initials-filled = Initials were filled in in the places kept for them.
verify-change-field-filled = Another field was filled in.
verify-change-signature-added = One more signature was made in its field.
verify-change-timestamp-added = A timestamp was added.
verify-change-signature-field-added = An invisible field for a signature was added.
verify-change-signature-field-added-visibly = A field for a signature was laid over a part of the page.
verify-change-evidence-added = Evidence for the certificates was added.
verify-change-evidence-changed = Evidence for the certificates was taken away or replaced.
verify-change-extensions-changed = The list of extensions was changed.
verify-change-version-changed = The stated version of the file format was changed.
verify-change-metadata-changed = The file’s metadata was changed.
verify-change-information-changed = What is stated of the file, such as title and author, was changed.
verify-change-page-content-changed = What the page shows was changed after the signature.
verify-change-page-resources-changed = Typefaces, pictures or colours on the page were changed after the signature.
verify-change-page-changed = The page was changed after the signature.
verify-change-pages-rearranged = Pages were added, taken away or moved after the signature.
verify-change-annotation-added = Something was laid on top of the page after the signature.
verify-change-annotation-changed = Something that lies on top of the page was changed after the signature.
verify-change-annotation-removed = Something that lay on top of the page was taken away after the signature.
verify-change-appearance-changed = What a field shows was changed after the signature.
verify-change-field-value-changed = A field that was filled in was changed after the signature.
verify-change-signature-replaced = A signature was taken away or replaced.
verify-change-field-changed = A field was changed after the signature.
verify-change-field-added = A field was added after the signature.
verify-change-form-changed = The form was changed after the signature.
verify-change-form-extended = The form was given typefaces that it did not have.
verify-change-orphan-added = Something was added to the file that nothing shows, in a version that somebody signed.
verify-change-certification-changed = The terms of what may be changed were changed after the signature.
verify-change-structure-changed = What is read aloud to those who do not see the page was changed after the signature.
verify-change-catalog-changed = The document’s construction was changed after the signature.
verify-change-trailer-changed = The end of the file was changed in a way that no signature explains.
verify-change-unreachable-object = Something was put into the file that nothing shows yet.
verify-change-broken-object = Something that was added to the file cannot be read.

# What in the file other programs may read in another way.
verify-anomaly-startxref-offset = The file’s table of contents is not where it is said to be.
verify-anomaly-loose-cross-reference = The file’s table of contents is carelessly written.
verify-anomaly-repeated-number = The file’s table of contents names the same part twice.
verify-anomaly-hybrid = The file has parts that only newer programs see.
verify-anomaly-linearized = The file is arranged to be shown while it is fetched.
verify-anomaly-missing-end-mark = A part of the file lacks its end mark.
verify-anomaly-trailing-bytes = There is something after the end of the file.
verify-anomaly-repeated-key = The same item stands twice in the file.
verify-stray-bytes = The file holds something that no part of it accounts for.
verify-stray-overlap = Two parts of the file lie over each other.
verify-stray-elsewhere = A part of the file lies outside its own version.
verify-stray-unlisted = The file holds a part that is not in its table of contents.
verify-stray-broken = A part of the file cannot be read.

# What was noticed about a signature or initials.
verify-check-weak-algorithm = The signature rests on a method that is too weak.
verify-check-unnamed-certificate = The signature does not name its certificate, as older signatures did not.
verify-check-unknown-encoding = The signature is of a kind that is not known here.
verify-check-unusable-timestamp = The signature’s timestamp does not hold or is not trusted.
verify-check-claimed-time-only = Only the signatory says when it was done.
verify-check-person-differs = The name by the initials is another than the name in the certificate.
verify-check-locked-field-changed = A field that the signature locked was changed.
verify-check-certification-broken = The signature forbids every change, and something was changed.
verify-check-statement-unreadable = What is stated of the initials cannot be read.
verify-check-statement-of-another-document = The initials belong to another document than this.
verify-check-statement-of-another-party = The initials are signed in the other party’s field.
verify-check-page-differs = The page is not the one that was initialled.
verify-check-root-differs = The pages together are not those that were initialled.
verify-check-initials-without-statement = Initials are seen on the page, but no signature stands behind them.
verify-check-page-not-initialled = The page lacks a party’s initials.
verify-check-party-order = A party signed before the other was done. The state goes before the municipality.
verify-check-seal-not-computed = The pages’ fingerprints could not be computed, so the initials could not be compared.
