package dev.candor.scrub;

import java.util.Locale;
import java.util.Set;

/** Names of fields, variables and parameters that hold secrets. */
final class SecretNames {
  private static final int LONGEST = 64;

  /** Parts of a name, of which the last one or two decide. */
  private static final Set<String> LAST =
      Set.of(
          "password",
          "passwd",
          "pwd",
          "pw",
          "sid",
          "sessionid",
          "phpsessid",
          "jsessionid",
          "passphrase",
          "passwort",
          "kennwort",
          "contraseña",
          "secret",
          "token",
          "apikey",
          "authtoken",
          "accesstoken",
          "credential",
          "credentials",
          "passcode",
          "accountkey",
          "sharedaccesskey",
          "secretkey",
          "accesskey",
          "privatekey",
          "clientsecret",
          "authorization",
          "pass",
          "psw",
          "apitoken",
          "authkey",
          "encryptionkey",
          "signingkey",
          "senha",
          "motdepasse",
          "hasło",
          "wachtwoord");

  private static final Set<String> BEFORE_KEY =
      Set.of(
          "api",
          "access",
          "secret",
          "private",
          "auth",
          "account",
          "encryption",
          "signing",
          "master",
          "service",
          "subscription",
          "client",
          "license",
          "app",
          "webhook",
          "shared",
          "openai",
          "anthropic",
          "azure",
          "aws",
          "stripe",
          "x");

  /** A model's special tokens, and counts and kinds of them. */
  private static final Set<String> BEFORE_TOKEN =
      Set.of(
          "eos", "bos", "pad", "unk", "mask", "sep", "cls", "stop", "end", "start", "special",
          "max", "min", "per", "next", "first", "last", "new", "each", "a", "the", "this", "one",
          "of", "page", "image", "audio", "n", "num", "output", "input", "prompt");

  /** In a URL's query these too. */
  private static final Set<String> IN_QUERY =
      Set.of(
          "key", "sig", "signature", "auth", "sas", "jwt", "code", "session", "sessionid", "sid");

  private SecretNames() {}

  /** The start of the name that ends before {@code end}; {@code end} where there is none. */
  static int start(Text text, int end) {
    int start = end;
    while (end - start < LONGEST && named(text, start - 1)) {
      start--;
    }
    // In JSON within JSON a line break is \n, and no letter.
    boolean escape = text.at(start - 1) == '\\' && "nrt".indexOf(text.at(start)) >= 0;
    return escape ? start + 1 : start;
  }

  private static boolean named(Text text, int i) {
    char c = text.at(i);
    return text.word(i) || c == '_' || c == '-' || c == '.';
  }

  static boolean holdsSecret(String name) {
    String[] parts = parts(name);
    if (parts.length == 0) {
      return false;
    }
    String last = parts[parts.length - 1];
    String before = parts.length > 1 ? parts[parts.length - 2] : "";
    if (last.equals("token")) {
      return !BEFORE_TOKEN.contains(before);
    }
    return LAST.contains(last)
        || (last.equals("key") && BEFORE_KEY.contains(before))
        || (last.equals("id") && before.equals("secret"));
  }

  static boolean holdsSecretInQuery(String name) {
    String[] parts = parts(name);
    return parts.length > 0
        && (IN_QUERY.contains(parts[parts.length - 1])
            || LAST.contains(parts[parts.length - 1])
            || name.equalsIgnoreCase("X-Amz-Credential"));
  }

  /** In lower case, split at signs and at a capital after a small letter. */
  private static String[] parts(String name) {
    StringBuilder split = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean hump = i > 0 && Character.isUpperCase(c) && Character.isLowerCase(name.charAt(i - 1));
      if (hump || c == '-' || c == '.') {
        split.append('_');
      }
      if (c != '-' && c != '.') {
        split.append(c);
      }
    }
    String lower = split.toString().toLowerCase(Locale.ROOT).replaceAll("^_+|_+$", "");
    return lower.isEmpty() ? new String[0] : lower.split("_+");
  }
}
