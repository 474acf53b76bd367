package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;
import java.util.ArrayList;
import java.util.List;

/** Keys and tokens that begin as their provider lets them begin. */
final class Tokens {
  /**
   * @param least characters after the prefix
   * @param mixed whether a digit must be among them, as words may begin like it
   */
  private record Prefix(String text, int least, boolean mixed) {}

  private static final int LONGEST = 1024;

  private static final List<List<Prefix>> BY_FIRST = new ArrayList<>();

  static {
    for (int c = 0; c < 128; c++) {
      BY_FIRST.add(new ArrayList<>());
    }
    // OpenAI, Anthropic, OpenRouter, DeepSeek, Langfuse; Stripe and Clerk
    add(
        16,
        true,
        "sk-",
        "pk-lf-",
        "sk_live_",
        "sk_test_",
        "rk_live_",
        "rk_test_",
        "pk_live_",
        "pk_test_",
        "whsec_");
    // AWS, with the word after the prefix in capitals; Google; Cloudflare
    add(16, false, "AKIA", "ASIA", "ABIA", "ACCA");
    add(30, false, "AIza");
    add(20, true, "ya29.", "GOCSPX-", "1//0");
    // GitHub, GitLab, Bitbucket
    add(30, false, "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_");
    add(18, false, "glpat-", "gldt-", "glrt-", "glptt-", "ATBB", "ATATT3");
    // Slack, Discord, Telegram have forms of their own; Slack and its webhooks:
    add(10, true, "xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xapp-", "xoxc-", "xoxd-");
    // Hugging Face, Replicate, Groq, xAI, Perplexity, Fireworks, Nvidia, Cerebras, Together
    add(
        20, false, "hf_", "r8_", "gsk_", "xai-", "pplx-", "fw_", "nvapi-", "csk-", "tgp_v1_",
        "jina_", "tvly-", "e2b_");
    // Registries
    add(30, false, "npm_", "pypi-", "rubygems_", "dckr_pat_");
    // SendGrid, Mailgun, Mailchimp, Twilio, Brevo, Resend, Postman
    add(22, false, "SG.", "xkeysib-", "PMAK-");
    add(32, true, "key-", "AC", "SK");
    add(20, true, "re_");
    // Hosting, databases, monitoring
    add(
        20,
        false,
        "dop_v1_",
        "doo_v1_",
        "dp.pt.",
        "hvs.",
        "hvb.",
        "pscale_tkn_",
        "pscale_pw_",
        "glsa_",
        "glc_",
        "sntrys_",
        "sntryu_",
        "NRAK-",
        "lin_api_",
        "shpat_",
        "shpss_",
        "shpca_",
        "figd_",
        "ntn_",
        "secret_",
        "sbp_",
        "rnd_",
        "FlyV1",
        "PMAT-",
        "EAACEdEose0cBA",
        "sq0csp-",
        "sq0atp-",
        "EAAA",
        "pat-na1-",
        "pat-eu1-",
        "dapi",
        "tskey-",
        "vercel_",
        "oy2",
        "LTAI");
  }

  private Tokens() {}

  private static void add(int least, boolean mixed, String... prefixes) {
    for (String prefix : prefixes) {
      BY_FIRST.get(prefix.charAt(0)).add(new Prefix(prefix, least, mixed));
    }
  }

  /** Looks at the word at {@code start}; returns the end of a token, else {@code start}. */
  static int find(Text text, int start, Findings findings) {
    char first = text.at(start);
    if (text.digit(start)) {
      return telegram(text, start, findings);
    }
    if (first >= 128 || BY_FIRST.get(first).isEmpty()) {
      return start;
    }
    for (Prefix prefix : BY_FIRST.get(first)) {
      if (text.has(start, prefix.text)) {
        int end = body(text, start + prefix.text.length(), prefix.text);
        if (end - start - prefix.text.length() >= prefix.least
            && likely(text, start + prefix.text.length(), end, prefix)) {
          boolean marked = Mark.on(text.slice(start, end));
          findings.add(Kind.TOKEN, start, end, marked ? Standing.PSEUDONYM : Standing.REAL);
          return end;
        }
      }
    }
    return start;
  }

  /** 8 to 10 digits, a colon, 35 characters. */
  private static int telegram(Text text, int start, Findings findings) {
    int colon = text.digitsEnd(start);
    if (colon - start < 8 || colon - start > 10 || !text.has(colon, ":AA")) {
      return start;
    }
    int end = body(text, colon + 1, "");
    if (end - colon < 33) {
      return start;
    }
    boolean marked = Mark.on(text.slice(start, end));
    findings.add(Kind.TOKEN, start, end, marked ? Standing.PSEUDONYM : Standing.REAL);
    return end;
  }

  /** How many characters at the start of {@code token} belong to its provider. */
  static int prefixLength(String token) {
    int longest = 0;
    if (token.isEmpty() || token.charAt(0) >= 128) {
      return 0;
    }
    for (Prefix prefix : BY_FIRST.get(token.charAt(0))) {
      if (token.startsWith(prefix.text)) {
        longest = Math.max(longest, prefix.text.length());
      }
    }
    for (String product :
        List.of(
            "sk-proj-",
            "sk-svcacct-",
            "sk-admin-",
            "sk-ant-api03-",
            "sk-ant-admin01-",
            "sk-or-v1-",
            "sk-lf-")) {
      if (token.startsWith(product)) {
        longest = Math.max(longest, product.length());
      }
    }
    return longest;
  }

  private static boolean inBody(Text text, int i) {
    return text.word(i) || text.at(i) == '_' || text.at(i) == '-';
  }

  private static int body(Text text, int start, String prefix) {
    boolean dots = prefix.endsWith(".");
    int end = start;
    while (end - start < LONGEST
        && text.at(end) < 128
        && (text.word(end)
            || text.at(end) == '_'
            || text.at(end) == '-'
            || (dots && text.at(end) == '.' && inBody(text, end + 1)))) {
      end++;
    }
    while (end > start && text.at(end - 1) == '-') {
      end--;
    }
    return end;
  }

  private static boolean likely(Text text, int start, int end, Prefix prefix) {
    int digits = 0;
    int capitals = 0;
    for (int i = start; i < end; i++) {
      digits += text.digit(i) ? 1 : 0;
      capitals += text.upper(i) ? 1 : 0;
    }
    return switch (prefix.text) {
      case "AKIA", "ASIA", "ABIA", "ACCA" -> end - start == 16 && digits + capitals == 16;
      // Twilio: 32 hexadecimal digits.
      case "AC", "SK" -> end - start == 32 && capitals == 0 && hex(text, start, end);
      case "dapi" -> end - start >= 32 && hex(text, start, start + 32);
      case "oy2", "EAAA", "LTAI" -> digits > 1 && capitals + digits < end - start;
      default -> digits > 0 || (!prefix.mixed && capitals > 1);
    };
  }

  private static boolean hex(Text text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!text.hex(i)) {
        return false;
      }
    }
    return true;
  }
}
