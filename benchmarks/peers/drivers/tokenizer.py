"""Makes a small tokenizer folder for tools that insist on one, with nothing fetched: tokenizer.py FOLDER."""

import json
import sys
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
text = "the model answers a request with tokens that arrive one by another on their own clock and every client reads them"
tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
tokenizer.decoder = decoders.ByteLevel()
tokenizer.train_from_iterator([text] * 50, trainers.BpeTrainer(
    vocab_size=600, special_tokens=["<s>", "</s>", "<pad>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
tokenizer.save(str(folder / "tokenizer.json"))
(folder / "tokenizer_config.json").write_text(json.dumps({
    "tokenizer_class": "PreTrainedTokenizerFast",
    "bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>",
    "model_max_length": 10**9,
}))
