"""Lotteries over matchings: odds with caps, and draws by halving that anybody can replay."""
