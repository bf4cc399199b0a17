/** What `--help` says. */

export const HELP = `flex-throttle: the settings of plugin-flex-throttle in an account's
Flex configuration

Usage
  flex-throttle settings get
      print the settings that Twilio has, as JSON
  flex-throttle settings check FILE
      tell what is not understood in FILE; needs no account
  flex-throttle settings diff FILE
      tell what FILE would change
  flex-throttle settings apply FILE [--dry-run] [--force]
      check FILE, show what it changes, keep a backup, and write it
  flex-throttle settings rollback [--dry-run] [--force]
      put the settings back to what they were before the last apply;
      once more, before the apply ahead of it

FILE holds what stands under ui_attributes.flexThrottle, as JSON. Comments, and
{"flexThrottle": …} around it, are fine. With "$schema": "PATH" in it, where
PATH leads to docs/flex-throttle.schema.json, an editor knows all settings.

Options
  --dry-run    show what would be written, and write nothing
  --force      write also over a change that somebody else has made since this
               machine last saw the settings
  -h, --help   this page
  --version    the version of the plugin

Environment
  TWILIO_ACCOUNT_SID     the account
  TWILIO_AUTH_TOKEN      its auth token; or, and these go before it,
  TWILIO_API_KEY,        an API key of the account
  TWILIO_API_SECRET      and its secret
  FLEX_THROTTLE_HOME     where backups are kept, and what was last seen;
                         ~/.flex-throttle unless set
  FLEX_THROTTLE_API_URL  where the Flex API is;
                         https://flex-api.twilio.com unless set
  HTTPS_PROXY, NO_PROXY  the way out of a company's network
  NO_COLOR               no colours; without a terminal there are none anyway
  TWILIO_REGION and TWILIO_EDGE are not used.

Other people's changes
  Twilio replaces ui_attributes as a whole. So all of it is read, flexThrottle
  replaced in it, and the rest sent back as it came; what it was before is kept
  in a file that only you can read. Settings that somebody has changed since
  this machine last saw them (get, diff, apply, rollback) are not written over,
  and they are looked at once more right before the write. An apply right after
  a get or diff does write over them, since they count as seen; --dry-run does
  not count, and is refused as the apply would be. Twilio knows no condition for
  a write: a change, of flexThrottle or of another key, that falls between that
  last look and the write is lost. That is one request's time.

Exit codes
  0  fine; for diff: no difference
  1  not fine: settings are not understood or differ, or it could not be done,
     and standard error says why
  2  wrong usage
`;
