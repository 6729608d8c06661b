"""Training and scoring throughput of the worker against a straight PyTorch model of the same architecture.

usage: compare.py path/to/HsNas.Benchmarks.dll [rounds]

Both sides do the same work on one thread: the largest architecture of tiny-en-de, batches of 66 x 14 + 14 positions without
padding, Adam, dropout 0.1; scoring is the label-smoothed loss of 300 sentences. Each side states the CPU seconds of its own
process, and rounds alternate within one run, because a shared machine drifts; the median of the rounds' ratios is what
counts. Above 1 the worker is faster.
"""
import math
import os
import statistics
import subprocess
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

D, Q, FFN, HEADS, VOCABULARY, ENCODERS, DECODERS, ATTENDED = 64, 64, 256, 4, 2000, 2, 3, 2
SENTENCES, WORDS, SPECIAL, END, SCORED, BUDGET = 66, 13, 4, 2, 300, 1500
TRAIN_STEPS, SCORINGS = 20, 10
# What workers are started with (local/Stack/WorkerEnvironment.cs); PyTorch gets the same.
SETTINGS = {"OMP_NUM_THREADS": "1", "MALLOC_MMAP_THRESHOLD_": "33554432", "MALLOC_TRIM_THRESHOLD_": "134217728"}


class Attention(nn.Module):
    def __init__(self, cross):
        super().__init__()
        self.query = nn.Linear(D, Q) if cross else None
        self.rest = nn.Linear(D, 2 * Q if cross else 3 * Q)
        self.output = nn.Linear(Q, D)

    def forward(self, x, memory, mask):
        if self.query is None:
            q, k, v = self.rest(x).chunk(3, -1)
        else:
            q, (k, v) = self.query(x), self.rest(memory).chunk(2, -1)
        q, k, v = (t.reshape(t.shape[0], t.shape[1], HEADS, Q // HEADS).transpose(1, 2) for t in (q, k, v))
        scores = (q / math.sqrt(Q // HEADS)) @ k.transpose(2, 3)
        if mask is not None:
            scores = scores + mask
        weights = F.dropout(scores.softmax(-1), 0.1, self.training)
        return self.output((weights @ v).transpose(1, 2).reshape(x.shape[0], x.shape[1], Q))


class Layer(nn.Module):
    def __init__(self, decoder):
        super().__init__()
        self.attention, self.norm = Attention(False), nn.LayerNorm(D)
        self.cross, self.cross_norm = (Attention(True), nn.LayerNorm(D)) if decoder else (None, None)
        self.fc1, self.fc2, self.last_norm = nn.Linear(D, FFN), nn.Linear(FFN, D), nn.LayerNorm(D)

    def forward(self, x, memory=None, mask=None):
        drop = lambda t: F.dropout(t, 0.1, self.training)
        x = self.norm(x + drop(self.attention(x, x, mask)))
        if self.cross is not None:
            x = self.cross_norm(x + drop(self.cross(x, memory, None)))
        return self.last_norm(x + drop(self.fc2(F.relu(self.fc1(x)))))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Parameter(torch.randn(VOCABULARY, D) / math.sqrt(D))
        self.encoder = nn.ModuleList(Layer(False) for _ in range(ENCODERS))
        self.decoder = nn.ModuleList(Layer(True) for _ in range(DECODERS))
        steps = torch.arange(64).unsqueeze(1) * torch.exp(-torch.arange(D // 2) * math.log(10000) / (D // 2 - 1))
        self.register_buffer("positions", torch.cat([steps.sin(), steps.cos()], 1))

    def embed(self, ids):
        x = F.embedding(ids, self.table) * math.sqrt(D) + self.positions[: ids.shape[1]]
        return F.dropout(x, 0.1, self.training)

    def forward(self, source, target):
        x, layers = self.embed(source), []
        for layer in self.encoder:
            x = layer(x)
            layers.append(x)
        memory = torch.cat([layers[-1 - i] for i in range(ATTENDED)], 1)
        causal = torch.full((target.shape[1], target.shape[1]), -math.inf).triu(1)
        x = self.embed(target)
        for layer in self.decoder:
            x = layer(x, memory, causal)
        return F.linear(x, self.table)


def batch(rows):
    words = [[SPECIAL + (s * 31 + w * 17) % (VOCABULARY - SPECIAL) for w in range(WORDS)] for s in rows]
    return (torch.tensor([w + [END] for w in words]), torch.tensor([[END] + w for w in words]), torch.tensor([w + [END] for w in words]).view(-1))


def loss_sum(model, source, target, gold):
    return F.cross_entropy(model(source, target).view(-1, VOCABULARY), gold, reduction="sum", label_smoothing=0.1)


def main():
    if any(os.environ.get(name) != value for name, value in SETTINGS.items()):
        # The C library reads its settings when a process starts.
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **SETTINGS})
    torch.set_num_threads(1)
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 12
    model = Transformer()
    adam = torch.optim.Adam(model.parameters(), lr=1e-3, betas=(0.9, 0.98), eps=1e-8)
    training = batch(range(SENTENCES))
    size = BUDGET // (WORDS + 1)
    validation = [batch(range(i, min(SCORED, i + size))) for i in range(0, SCORED, size)]

    def train(count):
        model.train()
        for _ in range(count):
            adam.zero_grad(set_to_none=True)
            loss = loss_sum(model, *training) / training[2].numel()
            loss.backward()
            adam.step()
            loss.item()

    def score(count):
        model.eval()
        with torch.no_grad():
            for _ in range(count):
                sum(loss_sum(model, *b).item() for b in validation)

    server = subprocess.Popen(["dotnet", sys.argv[1], "throughput-server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                              env={**os.environ, "DOTNET_TieredPGO": "1"})

    def ours(what, count):
        server.stdin.write(f"{what} {count}\n")
        server.stdin.flush()
        return float(server.stdout.readline())

    for what, run, count in (("train", train, TRAIN_STEPS), ("score", score, SCORINGS)):
        for _ in range(3):
            run(count), ours(what, count)
        theirs_ms, ours_ms, ratios = [], [], []
        for i in range(rounds):
            first = None
            if i % 2:
                first = ours(what, count)
            start = time.process_time()
            run(count)
            theirs = time.process_time() - start
            mine = first if first is not None else ours(what, count)
            theirs_ms.append(1000 * theirs / count)
            ours_ms.append(1000 * mine / count)
            ratios.append(theirs / mine)
        quartiles = statistics.quantiles(ratios, n=4)
        print(f"{what}: PyTorch {torch.__version__} {statistics.median(theirs_ms):.1f} CPU ms, worker {statistics.median(ours_ms):.1f} CPU ms, "
              f"ratio {statistics.median(ratios):.3f} (quartiles {quartiles[0]:.3f} to {quartiles[2]:.3f}, {rounds} rounds)")
    server.stdin.close()


main()
