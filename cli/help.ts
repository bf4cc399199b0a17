/** The text of `--help`, at most 80 columns wide. */

export const HELP = `flex-throttle: manage the settings of plugin-flex-throttle in an account's
Flex configuration, and check the account for its account budget

Usage
  flex-throttle settings get
      print the live settings as JSON
  flex-throttle settings check FILE
      validate FILE (offline)
  flex-throttle settings diff FILE
      show what FILE would change
  flex-throttle settings apply FILE [--dry-run] [--yes] [--force]
      validate FILE, show the changes, ask, save a backup, and write
  flex-throttle settings off [--dry-run] [--yes]
      emergency off: set the mode to "off" and keep all other settings
  flex-throttle settings on [--dry-run] [--yes]
      set the mode to "enforce" and keep all other settings
  flex-throttle settings rollback [--to TIME] [--dry-run] [--yes] [--force]
      restore the settings from before the last apply, off or on; run it again
      to go one of them further back
  flex-throttle settings history
      list the backups on this machine
  flex-throttle account check [--yes]
      ask, write some items to new Sync Lists as servers and agents would,
      print what was seen, and remove the lists; an API key is necessary to
      check what agents may do

FILE contains the value of ui_attributes.flexThrottle as JSON. Comments, commas
after the last entry and an enclosing {"flexThrottle": …} are allowed. - means
standard input. For completion in your editor, add
"$schema": "PATH", where PATH leads to docs/flex-throttle.schema.json.

Options
  --dry-run    show the changes without writing them
  -y, --yes    write without asking; necessary without a terminal, as in CI
  --to TIME    the backup to restore, as history prints it
  -p, --profile NAME
               use this profile of the Twilio CLI
  --json       print the result as JSON; the text goes to standard error
  --force      overwrite changes that somebody else made since this machine
               last read the settings
  -h, --help   show this help
  --version    show the version of the plugin

Credentials
  The command takes them from where the Twilio CLI does, the first that exists:
  1. the profile in --profile
  2. TWILIO_ACCOUNT_SID, with TWILIO_API_KEY and TWILIO_API_SECRET, or with
     TWILIO_AUTH_TOKEN
  3. the active profile of the Twilio CLI, in ~/.twilio-cli/config.json

Environment
  TWILIO_ACCOUNT_SID     your account SID
  TWILIO_AUTH_TOKEN      its auth token, or instead:
  TWILIO_API_KEY,        an API key of the account and its secret, which take
  TWILIO_API_SECRET      precedence over the auth token
  TWILIO_CONFIG_DIR      folder of the Twilio CLI's config.json
                         (default: ~/.twilio-cli)
  FLEX_THROTTLE_HOME     folder for backups and for the settings last read
                         (default: ~/.flex-throttle)
  FLEX_THROTTLE_API_URL  URL of the Flex API
                         (default: https://flex-api.twilio.com)
  HTTPS_PROXY, NO_PROXY  proxy for all requests, and hosts that bypass it
  NO_COLOR               turns colors off; only a terminal shows colors
  TWILIO_REGION and TWILIO_EDGE are ignored.

Concurrent changes
  Twilio replaces ui_attributes as a whole. The command therefore reads all of
  it, replaces flexThrottle, and sends the other keys back unchanged. It saves
  the previous ui_attributes to a file that only you can read.

  apply and rollback do not overwrite settings that somebody else changed
  since this machine last read them with get, diff, apply or rollback. A
  --dry-run does not count as reading, and stops in the same cases. After get
  or diff has shown you a change, the next apply overwrites it. off and on
  change nothing but the mode, so that they need no such check.

  The settings are checked once more right before the write. Twilio offers no
  conditional write: a change to any key of ui_attributes between this check
  and the write is lost. The gap lasts one request.

Exit codes
  0  success; for diff: no difference
  1  no: the settings are invalid, diff found a difference, or you declined to
     write
  2  an error occurred, or wrong usage; standard error has the reason
`;
