Subject: Nothing was moved to this address

Nothing was moved to this address.

Somebody, perhaps you, asked that newsletters of another
address come to this one. We know this address already, and
do not mix two readers' newsletters, so nothing has changed.

If it was you: choose here what this address gets,
and leave with the other one.

${link}

--
${newsletter.postalAddress}
