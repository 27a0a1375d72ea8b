Subject: Choose a new password

Hello ${name},

Somebody, probably you, asked for a new password for your account at the newsletter desk. Choose it here:

${link}

The link works once, within ${hours} hours. If it was not you, do nothing: your password stays as it is.
