package dev.candor.app.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccessTest {
  private static final String TOKEN = "a token of many letters";

  private static Headers headers(String... pairs) {
    Headers headers = new Headers();
    for (int i = 0; i < pairs.length; i += 2) {
      headers.add(pairs[i], pairs[i + 1]);
    }
    return headers;
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1:8080, true",
    "127.0.0.1, localhost:8080, true",
    "127.0.0.1, LOCALHOST, true",
    "127.0.0.1, [::1]:8080, true",
    "127.0.0.1, evil.example:8080, false",
    "127.0.0.1, 127.0.0.1.evil.example, false",
    "127.0.0.1, localhost.evil.example, false",
    "127.0.0.1, 192.168.0.7:8080, false",
    "127.0.0.1, x@127.0.0.1, false",
    "box.lan, box.lan:8080, true",
    "box.lan, evil.example, false",
    "0.0.0.0, 192.168.0.7:8080, true",
    "0.0.0.0, evil.example:8080, false",
    "::, [fe80::1]:8080, true",
    "::, evil.example, false"
  })
  void check_byHostHeader_letsOnlyKnownNamesIn(String host, String asked, boolean passes) {
    Access access = new Access(host, null, 8080);
    if (passes) {
      assertThatCode(() -> access.check("GET", headers("Host", asked), false))
          .doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> access.check("GET", headers("Host", asked), false))
          .isInstanceOf(Refusal.class);
    }
  }

  @Test
  void check_withoutHostOrWithTwo_refuses() {
    Access access = new Access("127.0.0.1", null, 8080);
    assertThatThrownBy(() -> access.check("GET", headers(), false)).isInstanceOf(Refusal.class);
    assertThatThrownBy(
            () -> access.check("GET", headers("Host", "localhost", "Host", "evil.example"), false))
        .isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, http://localhost:8080, same-origin, 1, true",
    "POST, https://localhost:8080, , 1, true",
    "POST, , , 1, true",
    "POST, , , , false",
    "POST, , , yes, false",
    "POST, http://localhost:8080, same-origin, , false",
    "POST, http://evil.example, , 1, false",
    "POST, http://localhost:3000, , 1, false",
    "POST, null, , 1, false",
    "POST, http://localhost:8080, cross-site, 1, false",
    "POST, , same-site, 1, false",
    "PUT, http://evil.example, , 1, false",
    "DELETE, , cross-site, 1, false",
    "OPTIONS, http://evil.example, cross-site, , false",
    "GET, , cross-site, , false",
    "GET, , same-site, , false",
    "GET, , none, , true",
    "GET, , , , true"
  })
  void check_ofTheApi_letsNoOtherSiteIn(
      String method, String origin, String site, String own, boolean passes) {
    Headers headers = headers("Host", "localhost:8080");
    if (origin != null) {
      headers.add("Origin", origin);
    }
    if (site != null) {
      headers.add("Sec-Fetch-Site", site);
    }
    if (own != null) {
      headers.add("X-Candor", own);
    }
    Access access = new Access("127.0.0.1", null, 8080);
    if (passes) {
      assertThatCode(() -> access.check(method, headers, true)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> access.check(method, headers, true)).isInstanceOf(Refusal.class);
    }
  }

  @Test
  void check_ofAPageThatAnotherSiteLinksTo_passes() {
    Access access = new Access("127.0.0.1", null, 8080);
    assertThatCode(
            () ->
                access.check(
                    "GET", headers("Host", "localhost", "Sec-Fetch-Site", "cross-site"), false))
        .doesNotThrowAnyException();
  }

  @Test
  void isKnown_withToken_wantsTheTokenOrItsCookie() {
    Access access = new Access("0.0.0.0", TOKEN, 8080);
    String cookie = access.remember().getOrDefault("Set-Cookie", "");

    assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").doesNotContain(TOKEN);
    String pair = cookie.substring(0, cookie.indexOf(';'));
    assertThat(access.isKnown(headers())).isFalse();
    assertThat(access.isKnown(headers("Authorization", "Bearer " + TOKEN))).isTrue();
    assertThat(access.isKnown(headers("Authorization", "Bearer " + TOKEN + "x"))).isFalse();
    assertThat(access.isKnown(headers("Authorization", TOKEN))).isFalse();
    assertThat(access.isKnown(headers("Cookie", "other=1; " + pair))).isTrue();
    assertThat(access.isKnown(headers("Cookie", pair + "0"))).isFalse();
    assertThat(access.isKnown(headers("Cookie", "candor_8080="))).isFalse();
    assertThat(access.isToken(TOKEN)).isTrue();
    assertThat(access.isToken("")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.9.9.9, true",
    "localhost, true",
    "::1, true",
    "0.0.0.0, false",
    "::, false",
    "localhost.evil.example, false",
    "192.168.0.1, false"
  })
  void isLoopback_byName(String host, boolean loopback) {
    assertThat(Access.isLoopback(host)).isEqualTo(loopback);
  }
}
