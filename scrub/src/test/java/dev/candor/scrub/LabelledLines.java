package dev.candor.scrub;

import dev.candor.base.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Lines of chat, code and logs, with the places of what must be found in them, drawn from a seed.
 */
final class LabelledLines {
  /**
   * @param labels in the order of the text; empty for a line that must stay as it is
   */
  record Line(String text, List<Label> labels) {}

  record Label(Kind kind, int start, int end) {}

  private final LabelledValues values;
  private final List<Line> lines = new ArrayList<>();

  private LabelledLines(Seed seed) {
    values = new LabelledValues(seed.stream());
  }

  /** About 2,000 lines, the same for the same seed. */
  static List<Line> of(Seed seed) {
    LabelledLines made = new LabelledLines(seed);
    made.personal();
    made.numbers();
    made.machines();
    made.secrets();
    made.harmless();
    return made.lines;
  }

  /** Braces in a template stand for the value. */
  private void add(int times, Kind kind, Supplier<String> value, String... templates) {
    for (int i = 0; i < times; i++) {
      String template = values.one(List.of(templates));
      String drawn = value.get();
      int start = template.indexOf("{}");
      lines.add(
          new Line(
              template.substring(0, start) + drawn + template.substring(start + 2),
              List.of(new Label(kind, start, start + drawn.length()))));
    }
  }

  private void personal() {
    add(
        120,
        Kind.EMAIL,
        values::email,
        "You can reach me at {} any time.",
        "Please forward this to {}, thanks",
        "Meine Adresse ist {}.",
        "mon mail : {}",
        "From: \"Support\" <{}>",
        "mailto:{}?subject=Hello",
        "{\"user\": {}, \"plan\": \"pro\"}",
        "escríbeme a {} por favor",
        "git config user.email {}",
        "{} wrote: that does not work",
        "log: user={} action=login ok",
        "Contact:{};");
    add(
        90,
        Kind.NAME,
        values::name,
        "I spoke with {} about the contract yesterday.",
        "The meeting notes were written by {}.",
        "{} has not answered my ticket yet.",
        "Can you write a reference letter for {}?",
        "Ich habe gestern mit {} telefoniert.",
        "Le dossier de {} est complet.",
        "According to {}, the server was down at noon.",
        "El contrato lo firmó {} ayer.",
        "Summarise the complaint that {} sent us.");
    add(
        60,
        Kind.NAME,
        values::name,
        "Dear {},\nthank you for your order.",
        "My name is {} and I need help with my invoice.",
        "Best regards,\n{}",
        "Mit freundlichen Grüßen\n{}",
        "Patient: {}, admitted on Monday",
        "Hallo, mein Name ist {}.",
        "Je m'appelle {}.",
        "Me llamo {} y tengo una duda.",
        "Hi, I'm {} from accounting.");
    add(
        40,
        Kind.NAME,
        values::surname,
        "Please ask Mr. {} to call back.",
        "Sehr geehrte Frau {},",
        "Dr. {} will see you now.",
        "Mrs {} has moved house.",
        "Bonjour Monsieur {},",
        "La señora {} no está.");
    add(
        60,
        Kind.BIRTH_DATE,
        () -> values.birthDate("en"),
        "I was born on {} in a small town.",
        "DOB: {}",
        "Date of birth: {}, sex: F",
        "her birthday is {}",
        "\"birth_date\": \"{}\"",
        "The patient (born {}) complains of headaches.");
    add(
        20,
        Kind.BIRTH_DATE,
        () -> values.birthDate("de"),
        "geboren am {} in Kassel",
        "Geburtsdatum: {}");
    add(
        20,
        Kind.BIRTH_DATE,
        () -> values.birthDate("fr"),
        "née le {} à Lille",
        "Date de naissance : {}");
    add(
        20,
        Kind.BIRTH_DATE,
        () -> values.birthDate("es"),
        "nacido el {} en Bilbao",
        "Fecha de nacimiento: {}");
    add(
        60,
        Kind.ADDRESS,
        () -> values.address("en"),
        "Ship it to {}.",
        "I live at {} and the lift is broken",
        "Address: {}",
        "The office moved from {} last year.");
    add(20, Kind.ADDRESS, () -> values.address("de"), "Ich wohne in der {}.", "Lieferung an: {}");
    add(20, Kind.ADDRESS, () -> values.address("fr"), "J'habite au {}.", "Livrer à {} avant midi");
    add(15, Kind.ADDRESS, () -> values.address("es"), "Vivo en {}.", "Enviar a {}");
    add(10, Kind.ADDRESS, () -> values.address("it"), "Abito in {}.", "Spedire a {}");
    add(10, Kind.ADDRESS, () -> values.address("nl"), "Ik woon op de {}.", "Bezorgen op {}");
  }

  private void numbers() {
    add(
        120,
        Kind.PHONE,
        values::phone,
        "Call me back on {} after six.",
        "Meine Nummer: {}",
        "{} is the number of the front desk.",
        "you can text {} too",
        "Tel. {}",
        "au {} entre 9h et 18h",
        "WhatsApp {} ou e-mail",
        "customer_phone={}",
        "(office {})",
        "Please add {} to the account");
    add(
        30,
        Kind.PHONE,
        values::barePhone,
        "my mobile: {}",
        "Telefon {}",
        "móvil {}",
        "phone number is {}",
        "call {}");
    add(
        100,
        Kind.CARD,
        values::card,
        "My card is {}, it was charged twice.",
        "Karte {} wurde gesperrt",
        "PAN={}",
        "charge {} for 12.50 EUR",
        "Visa/Mastercard {} exp 09/27 cvv hidden",
        "\"card\":\"{}\"",
        "carte n° {} refusée");
    add(
        80,
        Kind.IBAN,
        values::iban,
        "Transfer it to {} please.",
        "IBAN: {}",
        "mein Konto {} bei der Bank",
        "the refund went to {}, not to me",
        "IBAN {} BIC COBADEFFXXX");
    for (int i = 0; i < 140; i++) {
      String[] parts = values.nationalId().split("\\|");
      add(
          1,
          Kind.NATIONAL_ID,
          () -> parts[1],
          "My " + parts[0] + " is {}.",
          parts[0] + ": {}",
          "(" + parts[0] + " {})",
          "The form asks for the " + parts[0] + "; it is {}");
    }
  }

  private void machines() {
    add(
        80,
        Kind.IP,
        values::ip,
        "The request came from {} at noon.",
        "ssh root@{}",
        "Failed login from {} port 52144",
        "server {} is down",
        "curl {} -v",
        "X-Forwarded-For: {}",
        "allow {};");
    add(
        50,
        Kind.MAC,
        values::mac,
        "The printer has {} in the list.",
        "ether {} txqueuelen 1000",
        "MAC: {}",
        "wake up {} please");
  }

  private void secrets() {
    add(
        50,
        Kind.URL_CREDENTIAL,
        values::urlCredential,
        "DATABASE_URL=postgres://{}@db.internal:5432/app",
        "clone https://{}@git.host.net/x/y.git",
        "redis://{}@cache:6379/0 does not connect",
        "amqp://{}@rabbit/");
    add(
        40,
        Kind.URL_CREDENTIAL,
        values::key,
        "GET https://api.host.net/v1/items?page=2&api_key={}",
        "https://x.blob.core.host.net/f?sv=2024&sig={}&se=2026",
        "open https://app.host.net/reset?token={}");
    add(
        160,
        Kind.TOKEN,
        values::token,
        "My key {} stopped working.",
        "export OPENAI_API_KEY={}",
        "Authorization: Bearer {}",
        "client = Client(api_key=\"{}\")",
        "why is {} invalid?",
        "token: {}",
        "curl -H 'x-api-key: {}' https://api.host.net");
    add(
        90,
        Kind.SECRET,
        values::password,
        "password={}",
        "DB_PASSWORD={}",
        "\"password\": \"{}\",",
        "the password is {}",
        "passwd: {}",
        "Passwort: {}",
        "mysql --password={} -u root",
        "user: admin / pwd: {}",
        "contraseña: {}",
        "client_secret = '{}'");
    add(
        70,
        Kind.SECRET,
        values::key,
        "secret_key: {}",
        "here it is: {}",
        "aws_secret_access_key = {}",
        "SECRET={}",
        "X-Api-Key: {}",
        "use {} for staging",
        "AccountKey={};EndpointSuffix=core");
    add(
        50,
        Kind.JWT,
        values::jwt,
        "Authorization: Bearer {}",
        "my token {} expired",
        "\"id_token\":\"{}\"",
        "cookie: session={}; path=/");
    for (int i = 0; i < 50; i++) {
      String[] parts = values.privateKey(i % 3 == 0 ? "\\n" : "\n");
      boolean cut = i % 7 == 0;
      add(
          1,
          Kind.PRIVATE_KEY,
          () -> parts[1],
          "Here is my key:\n" + parts[0] + "{}" + (cut ? "" : parts[2] + "\nWhy is it refused?"));
    }
  }

  private void harmless() {
    for (int round = 0; round < 4; round++) {
      for (String template : HARMLESS.lines().toList()) {
        lines.add(new Line(filled(template), List.of()));
      }
    }
  }

  /** # a digit, ~ a hexadecimal digit, ^ a capital. */
  private String filled(String template) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      text.append(
          switch (c) {
            case '#' -> values.digits(1);
            case '~' ->
                values.one(
                    List.of(
                        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c", "d", "e",
                        "f"));
            case '^' -> String.valueOf((char) ('A' + Integer.parseInt(values.digits(1))));
            default -> String.valueOf(c);
          });
    }
    return text.toString();
  }

  private static final String HARMLESS =
      """
      Order 10#-#######-####### was delivered late.
      Invoice INV-2026-00#### over 1.2##,## EUR is open.
      Tracking number 1Z999AA1012345####, ticket #48####
      The build ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ failed on main.
      sha256:~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      request id ~~~~~~~~-~~~~-4~~~-a~~~-~~~~~~~~~~~~ timed out
      upgrade from v1.2#.4# to v2.0.#-rc1 of the driver 535.1##.03
      pip install torch==2.#.1 transformers==4.4#.2 numpy>=1.2#
      Chrome/12#.0.0.0 Safari/537.36 Edg/12#.0.24##.51
      2026-0#-1# 08:1#:3#.12# INFO o.s.web.Filter - took 3## ms
      [2026-1#-0#T1#:2#:3#Z] worker-# finished 1##,### rows in 4#.## s
      The total is $1,2##.## plus 19 % VAT, so $1,4##.##.
      Between 1990 and 20## prices rose from 1#.5 to 9#.7 points.
      x = 3.14159265#### and y = 2.71828182####
      Compute 12345678# * 98765432# step by step.
      ISBN 978-3-16-1484##-0 and ISSN 0378-59##
      The vote was 1,23#,456 to 9##,123 in the end.
      Coordinates 52.52##, 13.40## are in the park.
      rgb(12#, 34, 5#), #a1b2c3, 100% width, 16px 24px
      Compare Claude Sonnet with Gemini Pro and Llama 3.# 70B Instruct.
      GPT-4o mini, Mistral Large and Qwen2.5-72B-Instruct answered.
      Is the MacBook Pro M# better than the Dell XPS 1#?
      Samsung Galaxy S2# Ultra vs Google Pixel # Pro
      Visual Studio Code and Android Studio are slow today.
      The Great Gatsby and Pride and Prejudice are on the list.
      New York, Los Angeles and San Francisco have grown.
      The United Nations and the World Bank met in South Africa.
      In Machine Learning, Gradient Descent finds a minimum.
      Explain the Pythagorean Theorem and the Fourier Transform.
      Will Amazon ship in May? Mark Complete when done.
      Grace Period, Rose Garden, Summer Sale: three headings
      How does Spring Boot differ from Ruby On Rails?
      Hello World! Hi there, dear all.
      Dear Sir or Madam, dear customer, dear team
      Best regards from the whole team
      Mr. President, may I ask a question?
      def get_user(user_id: int, token: str) -> User:
      public static final int MAX_RETRIES = #; // see RFC 79##
      password = os.environ["DB_PASSWORD"]
      api_key=settings.api_key, timeout=##
      const token = await getToken({ audience: "api" });
      password: ${DB_PASSWORD} # from the vault
      tokenizer.pad_token = tokenizer.eos_token
      max_tokens: 40##, total_tokens=12##, token_type: bearer
      Enter your password: the field is required.
      The password must have at least # characters.
      SELECT id, name FROM users WHERE id IN (1####, 2####);
      std::unique_ptr<Foo> p = std::make_unique<Foo>(a::b, 0x~~~~);
      import static org.assertj.core.api.Assertions.assertThat;
      getUserByIdAndOrganizationNameOrNull(userId, organizationName)
      com.fasterxml.jackson.databind.ObjectMapper at line 1##
      npm i react@18.2.# @types/node@20.#.1 lodash@4.17.21
      git clone git@github.com:candor/candor.git && cd candor
      see https://github.com/openai/tiktoken/issues/1## for it
      https://docs.python.org/3/library/asyncio-task.html#asyncio.wait_for
      https://www.youtube.com/watch?v=dQw4w9WgXcQ at 1:##
      localhost:8080, 127.0.0.1:5432 and 0.0.0.0 are local
      image: registry.host.net/team/app:1.#.0-~~~~~~~
      data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
      call_A8f3kLm29QxZ7tRw5vBn1YpE and chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG
      Flight LH 4## departs at 1#:35 from gate B#2
      The match ended 3-2 (1-0, 2-2) after 90+# minutes.
      Call the function with 3 arguments, then call it 100 times.
      Chapter 12, section 4.3.2.1, page 2##
      Add 250 g flour, 12# ml milk, bake at 180 °C for 2# min.
      10.1000/xyz12# is the DOI; arXiv:2310.06825v#
      Part no. 4711-0815-12, serial ^^##-^^##-^^##
      The 2010-2019 decade, the years 1914-1918, 24/7 support
      The company was founded on 12/03/19## and renamed later.
      The deadline is 31.12.20## at noon, not 01.01.20##
      Roses are red, violets are blue, and the sky is grey.
      Bitte erkläre mir die Relativitätstheorie in drei Sätzen.
      Die Deutsche Bahn hatte im Jahr 20## viele Verspätungen.
      Der Kölner Dom ist 157 m hoch, der Eiffelturm 330 m.
      La Tour Eiffel mesure 330 mètres et date de 1889.
      La Segunda Guerra Mundial terminó en 1945.
      Nel mezzo del cammin di nostra vita, canto 1, verso #
      Wir haben 3.5## Nutzer auf 12 Servern in 4 Ländern.
      kubectl get pods -n prod | grep -v Running # 1# restarts
      {"id": 17####, "status": "ok", "items": [1, 2, 3], "ts": 17#########}
      {"model": "gpt-4o-2024-08-06", "temperature": 0.#, "seed": 12###}
      <div class="col-md-6 text-center" data-id="48##" style="width:12#px">
      A 16-bit value such as 0x~~~~ or 0b1010 0101
      The Wi-Fi works on 2.4 GHz and 5 GHz, channel 1#
      vector [0.0123####, -0.4567####, 0.8910####]
      Population: 8,336,8## (20##), density 11,###/km2
      Level 42, Street Fighter 6, Final Fantasy XVI, FIFA 2#
      Room 4## on Main Level, Park Avenue Hotel, Wall Street Journal
      He read 12 books on the road to Damascus.
      Take the second street on the left, 3 blocks ahead.
      The bank account was closed; the card was declined twice.
      Serial: 8#4-22-####-x, batch 20##/1#, lot 4#-7
      """;
}
